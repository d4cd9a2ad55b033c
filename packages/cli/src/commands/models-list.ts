import { builtInModel, type CatalogueEntry, loadCatalogue, type ModelList } from '@docket/core';
import { Command, Option } from 'commander';
import { formatBytes, summariseModel } from '../models/describe-model.js';
import { openRegistry } from '../models/open-registry.js';
import { writeJson } from '../models/write-json.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable, remainingWidth } from '../terminal/table.js';
import { printable, widestOf } from '../terminal/text.js';

interface ListFlags {
  readonly catalogue?: boolean;
  readonly format?: 'table' | 'json';
}

const EXAMPLES = `
Examples:
  $ docket models list
  $ docket models list --catalogue
  $ docket models list --format json`;

/** `docket models list` */
export function modelsListCommand(shell: Shell): Command {
  return new Command('list')
    .summary('list what is installed')
    .description('Lists the installed models, or those of the catalogue that can be pulled by name.')
    .helpOption('-h, --help', 'print help')
    .option('--catalogue', 'list models that are worth a try, and when to choose each')
    .addOption(new Option('-f, --format <format>', 'format (default: table)').choices(['table', 'json']))
    .addHelpText('after', EXAMPLES)
    .action(async ({ catalogue, format }: ListFlags) => {
      const list = await (await openRegistry(shell)).list();
      if (catalogue) await print(shell.stdout, layOutCatalogue(await loadCatalogue(), list, { shell, format }));
      else if (format === 'json') await print(shell.stdout, await writeModels(list));
      else {
        await print(shell.stdout, await layOutModels(list, shell));
        await print(shell.stderr, layOutBroken(list, shell));
      }
    });
}

interface Layout {
  readonly shell: Shell;
  readonly format: ListFlags['format'];
}

async function writeModels({ models, broken }: ModelList): Promise<string> {
  const faults = broken.map(({ name, folder, error: { code, message } }) => ({ name, folder, code, message }));
  return writeJson({ models: [await builtInModel(), ...models].map(summariseModel), broken: faults });
}

async function layOutModels({ models }: ModelList, { stdout, env }: Shell): Promise<string> {
  const columns = ['NAME', 'SIZE', 'LICENCE', 'LANGUAGES', 'TASK', 'HASH', ''].map((head) => ({ head }));
  const rows = [await builtInModel(), ...models].flatMap((model) => {
    const { name, bytes, licence, languages, hashes, isBuiltIn } = summariseModel(model);
    const facts = [name, formatBytes(bytes), licence ?? '-', shorten(languages ?? [])];
    return Object.entries(hashes).map(([task, hash], index) => [
      ...(index === 0 ? facts : facts.map(() => '')),
      task,
      hash,
      isBuiltIn ? 'comes with Docket' : '',
    ]);
  });
  return layOutTable({ columns, rows, colours: coloursFor(stdout, env) });
}

function layOutBroken({ broken }: ModelList, { stderr, env }: Shell): string {
  const mark = coloursFor(stderr, env).red('broken');
  const width = widestOf(broken.map(({ name }) => printable(name)));
  const shown = (name: string) => printable(name).padEnd(width);
  return broken.map(({ name, error }) => `${mark}  ${shown(name)}  ${printable(error.message)}\n`).join('');
}

const MOST_LANGUAGES = 4;

function shorten(languages: readonly string[]): string {
  if (languages.length === 0) return '-';
  const more = languages.length - MOST_LANGUAGES;
  return more > 0
    ? `${languages.slice(0, MOST_LANGUAGES).join(' ')} and ${more} more`
    : languages.join(' ').replace(/^mul$/, 'about a hundred');
}

function layOutCatalogue(entries: readonly CatalogueEntry[], { models }: ModelList, { shell, format }: Layout): string {
  const installed = new Set(models.map(({ name }) => name));
  if (format === 'json') {
    return writeJson(entries.map((entry) => ({ ...entry, isInstalled: installed.has(entry.name) })));
  }
  const { stdout, env } = shell;
  const cells = entries.map(({ name, tasks, sizeMb, languages, licence }) => [
    `${name}${installed.has(name) ? ' *' : ''}`,
    tasks.join(' '),
    `${sizeMb} MB`,
    shorten(languages),
    licence,
  ]);
  const heads = ['NAME', 'TASKS', 'SIZE', 'LANGUAGES', 'LICENCE'];
  const widths = heads.map((head, index) => widestOf([head, ...cells.map((row) => row[index] ?? '')]));
  const width = Math.max(remainingWidth(widths, stdout.columns), 40);
  const columns = [...heads.map((head) => ({ head })), { head: 'CHOOSE WHEN', width }];
  const rows = cells.map((row, index) => [...row, entries[index]?.chooseWhen ?? '']);
  const note = installed.size > 0 ? '* installed. ' : '';
  return `${layOutTable({ columns, rows, colours: coloursFor(stdout, env) })}\n${note}docket models pull NAME brings one.\n`;
}
