import { lstat, readdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { DocketError } from '@docket/core';
import type { BenchRun, Comparison, DocumentResult, RunSummary } from '@docket/evals';

/** A run, with the name by which it is asked for. */
export interface NamedSummary {
  readonly name: string;
  readonly summary: RunSummary;
}

/** Stands for `/` in names: `today:auto` is the run in the folder `auto` of the folder `today`. */
const SEPARATOR = ':';

/** Runs of one level of folders below another, as `docket bench run` writes them for several scorers. */
const DEEPEST = 2;

/** Runs that are listed. */
const MOST_RUNS = 500;

/** Summaries that are read at once. */
const MOST_AT_ONCE = 50;

/** Largest `results.jsonl` that is read: all of it is held in memory. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Runs that are kept once they were read. */
const MOST_KEPT = 4;

/**
 * The runs of `docket bench` in a folder, which may be one itself. Names are looked up among what lies there: none leads out of
 * it, and links to folders or files of a run are not followed.
 */
export class BenchRuns {
  private readonly folder: string | undefined;
  private readonly kept = new Map<string, Promise<BenchRun<DocumentResult>>>();

  /** @param folder Empty: there are none @param mostRuns For tests */
  constructor(
    folder: string,
    private readonly mostRuns = MOST_RUNS,
  ) {
    this.folder = folder === '' ? undefined : resolve(folder);
  }

  /** Whether a folder was given. */
  get isGiven(): boolean {
    return this.folder !== undefined;
  }

  /** The summaries of all runs that can be read, newest first. */
  async list(): Promise<readonly NamedSummary[]> {
    const { readSummary } = await import('@docket/evals');
    const places = [...(await this.places())];
    const read = async ([name, folder]: [string, string]) => {
      const summary = await readSummary(folder).catch(() => undefined);
      return summary ? [{ name, summary: withoutPaths(summary) }] : [];
    };
    let found: NamedSummary[] = [];
    for (let start = 0; start < places.length; start += MOST_AT_ONCE) {
      const part = (await Promise.all(places.slice(start, start + MOST_AT_ONCE).map(read))).flat();
      found = [...found, ...part].sort(newestFirst).slice(0, this.mostRuns);
    }
    return found;
  }

  /**
   * Reads a run.
   * @throws DocketError `resource.not_found`; `request.invalid_input` for what is no run of this version, or too large
   */
  async read(name: string): Promise<BenchRun<DocumentResult>> {
    const folder = (await this.places()).get(name);
    if (folder === undefined) throw new DocketError('resource.not_found', 'Run not found');
    const results = await lstat(join(folder, 'results.jsonl')).catch(() => undefined);
    if (results?.isSymbolicLink()) throw withoutResults();
    if (results && results.size > MOST_BYTES) throw tooLarge(name);
    return await this.keep(`${folder} ${results?.mtimeMs} ${results?.size}`, folder);
  }

  /** Compares two runs. @throws DocketError as {@link read} */
  async compare(before: string, after: string): Promise<Comparison> {
    const { compareRuns } = await import('@docket/evals');
    return compareRuns(await this.read(before), await this.read(after));
  }

  private async keep(key: string, folder: string): Promise<BenchRun<DocumentResult>> {
    const { readRun } = await import('@docket/evals');
    const reading =
      this.kept.get(key) ??
      readRun(folder)
        .then(({ summary, results }) => {
          const { path } = summary.dataset;
          return { summary: withoutPaths(summary), results: results.map((result) => withoutPath(result, path)) };
        })
        .catch((error: unknown) => {
          this.kept.delete(key);
          throw toRefusal(error, folder);
        });
    this.kept.delete(key);
    this.kept.set(key, reading);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value as string);
    return await reading;
  }

  private async places(): Promise<ReadonlyMap<string, string>> {
    const places = new Map<string, string>();
    if (this.folder !== undefined) await findRuns(this.folder, [], places);
    return places;
  }
}

async function findRuns(folder: string, names: readonly string[], places: Map<string, string>): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  if (entries.some((entry) => entry.isFile() && entry.name === 'summary.json')) {
    places.set(names.length === 0 ? basename(folder) : names.join(SEPARATOR), folder);
    return;
  }
  if (names.length === DEEPEST) return;
  const below = entries.filter((entry) => entry.isDirectory() && !/^[.]|:/.test(entry.name)).map(({ name }) => name);
  for (const name of below.sort()) await findRuns(join(folder, name), [...names, name], places);
}

/** Where things lie on this machine is nobody's business outside. */
function withoutPaths({ dataset, rules, ...summary }: RunSummary): RunSummary {
  return {
    ...summary,
    dataset: {
      ...dataset,
      path: basename(dataset.path),
      problems: dataset.problems.map(({ message, ...problem }) => ({
        ...problem,
        message: shorten(message, dataset.path),
      })),
    },
    rules: { ...rules, file: basename(rules.file) },
  };
}

function withoutPath({ path: _, ...result }: DocumentResult, datasetPath: string): DocumentResult {
  return result.status === 'failed' ? { ...result, message: shorten(result.message, datasetPath) } : result;
}

/** Absolute paths of several steps, but those of URLs. */
const PATH = /(?<![\w.:/\\])(?:[A-Za-z]:)?(?:[/\\][^\s/\\'"`,;]+){2,}/g;

/** A message without the folders of this machine: paths are of the data set, or names alone. */
function shorten(message: string, datasetPath: string): string {
  const folder = dirname(datasetPath).replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const known = folder.length > 1 ? message.replace(new RegExp(`(?<![\\w./\\\\])${folder}[/\\\\]`, 'g'), '') : message;
  return known.replace(PATH, (path) => path.split(/[/\\]/).at(-1) ?? '');
}

/** Those of the same moment by their names, whichever were read first. */
function newestFirst(one: NamedSummary, other: NamedSummary): number {
  if (one.summary.startedAt !== other.summary.startedAt)
    return one.summary.startedAt < other.summary.startedAt ? 1 : -1;
  return one.name < other.name ? -1 : 1;
}

/** What is wrong with a run, without the place where it lies. */
function toRefusal(error: unknown, folder: string): unknown {
  if (!(error instanceof DocketError)) return error;
  const { code, message } = error;
  if (code !== 'resource.file_not_found') return new DocketError(code, message.replaceAll(`${folder}${sep}`, ''));
  // A run without results is one that nobody can open.
  return withoutResults(error);
}

function withoutResults(cause?: unknown): DocketError {
  return new DocketError('resource.not_found', 'The run has no results; run docket bench run again', { cause });
}

function tooLarge(name: string): DocketError {
  const message = `the results of the run ${name} are too large to be shown; open its report.html`;
  return new DocketError('request.invalid_input', message, { data: { name, maxBytes: MOST_BYTES } });
}
