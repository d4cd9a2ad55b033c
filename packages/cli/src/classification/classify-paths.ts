import { type Configuration, loadConfiguration, poolOptionsOf, readerChoiceFor, readRuleFile } from '@docket/core';
import { expandPaths } from '../documents/expand-paths.js';
import { type OcrFlags, ocrSettingsOf } from '../documents/reading-flags.js';
import { createFormat, type FormatName, formatOfFile, type OutcomeFormat } from '../formats/outcome-format.js';
import { print, type Shell } from '../shell.js';
import { coloursFor, NO_COLOURS } from '../terminal/colours.js';
import { formatRate, NO_PROGRESS, startProgress } from '../terminal/progress-bar.js';
import { DEFAULT_WIDTH, printable } from '../terminal/text.js';
import { classifyDocuments } from './classify-documents.js';
import { mergeParsing, type ParsingFlags } from './merge-options.js';
import { type Output, openOutputFile, streamOutput } from './output.js';
import { Tally } from './tally.js';

/** Flags of `docket classify`. */
export interface ClassifyFlags extends ParsingFlags, OcrFlags {
  readonly rules: string;
  readonly scorer?: string;
  readonly model?: string;
  readonly knowledge?: string;
  readonly concurrency?: string;
  readonly pdfReader?: string;
  readonly format?: FormatName;
  readonly output?: string;
  readonly explain?: boolean;
  readonly timings?: boolean;
}

/**
 * Classifies everything that paths lead to and writes the results.
 * @returns The exit status: 0, or 1 when a document failed
 * @throws DocketError what makes the whole run senseless: bad rules, flags, configuration, output
 */
export async function classifyPaths(paths: readonly string[], flags: ClassifyFlags, shell: Shell): Promise<number> {
  const { scorer, model, knowledge, concurrency, pdfReader } = flags;
  const engine = { scorer, model, knowledge, concurrency };
  const settings = { ...engine, 'pdf.reader': pdfReader, ...ocrSettingsOf(flags) };
  const sources = { flags: settings, environment: shell.env, folder: shell.folder };
  const { values } = await loadConfiguration(sources);
  const { rules, decision, parsing: parsingOfFile } = await readRuleFile(flags.rules);
  const parsing = mergeParsing(flags, parsingOfFile);
  const defaultMaxPages = values['pages.defaultMax'];
  const reading = { parsing, defaultMaxPages, ...readerChoiceFor(values) };
  const request = { rules, ...reading, decision, explain: flags.explain === true };
  const exclude = [flags.rules, ...(flags.output === undefined ? [] : [flags.output])];
  const { stdin, signal } = shell;
  const expansion = { stdin, exclude, openMs: values['limits.openMs'], signal };
  const { documents, emptyFolders } = await expandPaths(paths, expansion);
  for (const folder of emptyFolders) await warnOfEmptyFolder(folder, shell);
  const toFile = flags.output !== undefined && flags.output !== '-';
  await using output = toFile ? await openOutputFile(flags.output) : streamOutput(shell.stdout);
  const run: Run = { documents, request, values, flags, toFile, output, shell };
  return await writeResults(run);
}

interface Run {
  readonly documents: Awaited<ReturnType<typeof expandPaths>>['documents'];
  readonly request: Parameters<typeof classifyDocuments>[0]['request'];
  readonly values: Configuration['values'];
  readonly flags: ClassifyFlags;
  readonly toFile: boolean;
  readonly output: Output;
  readonly shell: Shell;
}

async function writeResults(run: Run): Promise<number> {
  const { documents, request, values, output, shell } = run;
  const { name, format } = chooseFormat(run);
  const tally = new Tally();
  const started = performance.now();
  await output.write(format.begin());
  // Results that stream to the same terminal show progress themselves.
  const showsProgress = run.toFile || name === 'table' || shell.stdout.isTTY !== true;
  const progress = showsProgress ? startProgress(shell.stderr, documents.length) : NO_PROGRESS;
  const pool = shell.createPool(poolOptionsOf(values));
  try {
    await classifyDocuments({
      documents,
      pool,
      request,
      maxBytes: values['limits.maxBytes'],
      signal: shell.signal,
      onDone: progress.advance,
      onOutcome: async (outcome) => {
        tally.add(outcome);
        await output.write(format.add(outcome));
      },
    });
  } finally {
    progress.stop();
    await pool.close();
  }
  const rate = ` (${formatRate(tally.total, performance.now() - started)} documents/s)`;
  const summaryFor = (isTerminal: boolean) => `${tally}${isTerminal && tally.total > 0 ? rate : ''}`;
  await output.write(format.end(summaryFor(!run.toFile && shell.stdout.isTTY === true)));
  await output.commit();
  const isShown = name === 'table' && !run.toFile;
  if (!isShown && shell.stderr.isTTY === true) await print(shell.stderr, `${summaryFor(true)}\n`);
  return tally.failed > 0 ? 1 : 0;
}

function chooseFormat({ flags, toFile, shell }: Run): { readonly name: FormatName; readonly format: OutcomeFormat } {
  const name = flags.format ?? (toFile ? formatOfFile(flags.output ?? '') : undefined) ?? 'table';
  const isTerminal = !toFile && shell.stdout.isTTY === true;
  const format = createFormat(name, {
    timings: flags.timings === true,
    explain: flags.explain === true,
    colours: toFile ? NO_COLOURS : coloursFor(shell.stdout, shell.env),
    bars: isTerminal,
    width: isTerminal ? (shell.stdout.columns ?? DEFAULT_WIDTH) : DEFAULT_WIDTH,
  });
  return { name, format };
}

async function warnOfEmptyFolder(folder: string, { stderr }: Shell): Promise<void> {
  const message = `there is no document in the folder ${folder} (what begins with a dot is skipped)`;
  await print(stderr, `docket: ${printable(message)}\n`);
}
