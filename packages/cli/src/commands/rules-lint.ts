import {
  DocketError,
  type LintFinding,
  type LintTools,
  lintRules,
  loadConfiguration,
  loadLintTools,
  type Rule,
  readRuleFile,
} from '@docket/core';
import { Command, Option } from 'commander';
import type { Finish } from '../program.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { printable, wrapText } from '../terminal/text.js';

/** What tells "there are warnings" from "something went wrong", as for docket bench gate. */
const HAS_WARNINGS = 100;

/** As for any wrong usage. */
const IS_WRONG = 2;

const WIDTH = 100;

interface LintFlags {
  readonly format: 'text' | 'json';
  readonly strict?: boolean;
  readonly knowledge?: string;
}

const NOTES = `
Findings are guesses from the words of the rules alone; docket bench run measures on documents.

Exit status: 0 done, 100 there are warnings (with --strict), 2 a rule file is wrong; the others are looked at all the same.

Examples:
  $ docket rules lint rules.yaml
  $ docket rules lint rules/*.yaml --strict --format json`;

/** `docket rules lint` */
export function rulesLintCommand(shell: Shell, finish: Finish): Command {
  return new Command('lint')
    .summary('say what could be better about rules')
    .description('Says what could be better about rules, without a document.')
    .helpOption('-h, --help', 'print help')
    .argument('<file...>', 'rule files, YAML or JSON')
    .addOption(new Option('-f, --format <format>', 'format of the output').choices(['text', 'json']).default('text'))
    .option('--strict', 'end with exit status 100 when there is a warning')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .addHelpText('after', NOTES)
    .action(async (files: string[], flags: LintFlags) => finish(await lintFiles(files, flags, shell)));
}

async function lintFiles(files: readonly string[], { format, strict, knowledge }: LintFlags, shell: Shell) {
  const sources = { flags: { knowledge }, environment: shell.env, folder: shell.folder };
  const { values } = await loadConfiguration(sources);
  const { ruleFiles, errors } = await readRuleFiles(files);
  const tools: LintTools = await loadLintTools(values.knowledge || undefined);
  const linted = ruleFiles.map(({ file, rules }) => ({ file, findings: lintRules(rules, tools) }));
  const text =
    format === 'json' ? `${JSON.stringify(linted, null, 2)}\n` : linted.map((one) => layOut(one, shell)).join('\n');
  if (ruleFiles.length > 0) await print(shell.stdout, text);
  for (const { message } of errors) await print(shell.stderr, `docket: ${printable(message)}\n`);
  if (errors.length > 0) return IS_WRONG;
  const hasWarnings = linted.some(({ findings }) => findings.some(({ severity }) => severity === 'warning'));
  return strict && hasWarnings ? HAS_WARNINGS : 0;
}

/** @throws what is no fault of a file */
async function readRuleFiles(files: readonly string[]) {
  const ruleFiles: { readonly file: string; readonly rules: readonly Rule[] }[] = [];
  const errors: DocketError[] = [];
  for (const file of files) {
    try {
      ruleFiles.push({ file, rules: (await readRuleFile(file)).rules });
    } catch (error) {
      if (!(error instanceof DocketError)) throw error;
      errors.push(error);
    }
  }
  return { ruleFiles, errors };
}

function layOut(
  { file, findings }: { file: string; findings: readonly LintFinding[] },
  { stdout, env }: Shell,
): string {
  const colours = coloursFor(stdout, env);
  const indent = (text: string) =>
    wrapText(printable(text), WIDTH - 2)
      .map((line) => `  ${line}\n`)
      .join('');
  const blocks = findings.map(({ id, severity, message, advice }) => {
    const head = severity === 'warning' ? colours.yellow(severity) : colours.dim(severity);
    return `${head} ${id}\n${indent(message)}${indent(`-> ${advice}`)}`;
  });
  const warnings = findings.filter(({ severity }) => severity === 'warning').length;
  const summary =
    findings.length === 0
      ? 'nothing to remark'
      : `${count(warnings, 'warning', 'warnings')}, ${count(findings.length - warnings, 'piece of advice', 'pieces of advice')}`;
  return `${blocks.join('\n')}${blocks.length > 0 ? '\n' : ''}${colours.bold(printable(file))}: ${summary}\n`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}
