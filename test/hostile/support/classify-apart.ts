import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { canListProcesses } from '../../support/engine-processes.js';
import { markedProcesses } from '../../support/marked-processes.js';
import { type OutcomeRecord, parseLines } from '../../support/outcome.js';
import { fixturesFolder } from '../../support/project.js';
import { type FinishedRun, runDocket } from '../../support/run-docket.js';
import { temporaryFolder } from '../../support/temporary-folder.js';

export const rules = join(fixturesFolder, 'rules.yaml');

/** What a run left behind. */
export interface ApartRun {
  readonly finished: FinishedRun;
  readonly records: readonly OutcomeRecord[];
  /** Files in the folders that it may write to: its own, that of its data, that of temporary files. */
  readonly written: readonly string[];
  /** Name, size, time and content of what was classified. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** Processes that are still there. */
  readonly processes: readonly number[];
}

/** The environment that gives each document so much time, in milliseconds. */
export function allowedTime(timeoutMs: number): Readonly<Record<string, string>> {
  return { DOCKET_LIMITS_OPEN_MS: String(timeoutMs), DOCKET_LIMITS_MAX_MS: String(timeoutMs) };
}

/** Folders of a process that is to write nowhere else, and the environment that says so. */
export function apart(): { readonly folder: string; readonly env: Readonly<Record<string, string>> } {
  const folder = temporaryFolder({ 'one/two/here/.keep': '', 'home/.keep': '', 'tmp/.keep': '' });
  const env = {
    ...allowedTime(20_000),
    DOCKET_WORKERS_MAX_MEMORY_MB: '1024',
    DOCKET_HOME: join(folder, 'home', 'docket'),
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
  };
  return { folder, env };
}

/** Classifies paths by the command, which may write into a folder of its own alone. */
export async function classifyApart(path: string, env: Readonly<Record<string, string>> = {}): Promise<ApartRun> {
  const { folder, env: own } = apart();
  const output = join(folder, 'results.jsonl');
  const before = fingerprint(path);
  const argv = ['classify', path, '--rules', rules, '--format', 'jsonl', '--output', output];
  const finished = await runDocket(argv, { folder: join(folder, 'one', 'two', 'here'), env: { ...own, ...env } });
  return {
    finished,
    records: parseLines(readFileSync(output, 'utf8')),
    written: writtenIn(folder),
    before,
    after: fingerprint(path),
    processes: canListProcesses ? markedProcesses(folder) : [],
  };
}

/** Files that stand in the folders of {@link apart}. */
export function writtenIn(folder: string): string[] {
  return filesBelow(folder).filter((name) => !name.endsWith('.keep'));
}

/** Paths of all files in a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .sort();
}

function fingerprint(folder: string): string[] {
  return filesBelow(folder).map((name) => {
    const { size, mtimeMs } = statSync(join(folder, name));
    const hash = createHash('sha256').update(readFileSync(join(folder, name)));
    return `${name} ${size} ${mtimeMs} ${hash.digest('hex')}`;
  });
}
