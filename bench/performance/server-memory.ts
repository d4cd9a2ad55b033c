import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { ApiClient } from '../server/api-client.js';
import type { BenchDocument } from '../server/bench-documents.js';
import { distinctCopy } from '../server/distinct-copy.js';
import { showProgress } from '../server/machine.js';
import { startServer } from '../server/server-process.js';
import { classifyAll, uploadAll } from '../server/server-run.js';
import { median } from '../speed/median-of.js';
import { type Section, table } from '../speed/report.js';
import { thirtyRules } from '../speed/speed-documents.js';
import { textDocuments } from './documents.js';
import type { Effort } from './effort.js';
import { type MemoryPeak, peakDuring } from './shared-memory.js';

const DOCUMENTS = 200;
const WORKERS = 2;
const MB = 1e6;
const MOST_BYTES = 500 * MB;

interface Run {
  readonly peak: MemoryPeak;
  readonly perSecond: number;
  readonly failed: number;
}

/** What do server and engine processes hold together, and how fast are they with that? */
export async function measureServerMemory({ rounds }: Effort): Promise<Section> {
  const title = 'Memory of server and engine processes';
  const { rules } = await thirtyRules();
  const { documents, what } = await documentsToClassify();
  const runs: Run[] = [];
  for (let round = 0; round < rounds; round++) {
    const run = await runOnce(documents, rules);
    if (!run) return { title, lines: ['Not measured: the system has no `/proc`.'], targets: [] };
    runs.push(run);
    showProgress(`server memory, round ${round + 1} of ${rounds}: ${rowOf(run).join(', ')}`);
  }
  const peak = median(runs.map((run) => run.peak.bytes));
  const failed = runs.reduce((sum, run) => sum + run.failed, 0);
  return {
    title,
    lines: [
      `${DOCUMENTS} documents (${what}), ${rules.length} rules, the default scorer, ${WORKERS} engine processes, all else as it is`,
      'without a setting. Summed proportional set size (`/proc/*/smaps_rollup`) of the server and all processes below it, every 100 ms, from its',
      'start to the end of the last job; uploads included. Jobs a second from the first create to the last end. A new server each round.',
      '',
      ...table(
        ['round', 'peak, MB', 'server', 'engine processes', 'jobs/s', 'documents without an answer'],
        runs.map((run, index) => [String(index + 1), ...rowOf(run)]),
      ),
    ],
    targets: [
      {
        name: `peak of the summed PSS of server and ${WORKERS} engine processes`,
        reached: `${(peak / MB).toFixed(0)} MB at ${median(runs.map((run) => run.perSecond)).toFixed(1)} jobs/s, ${failed} documents without an answer`,
        wanted: `at most ${MOST_BYTES / MB} MB, and an answer for every document`,
        met: peak <= MOST_BYTES && failed === 0,
      },
    ],
  };
}

async function documentsToClassify(): Promise<{ documents: BenchDocument[]; what: string }> {
  const { paths, what } = await textDocuments();
  const documents = await Promise.all(
    Array.from({ length: DOCUMENTS }, async (_, index) => {
      const path = paths[index % paths.length] as string;
      return { name: `${index}-${basename(path)}`, bytes: distinctCopy(await readFile(path), index) };
    }),
  );
  return { documents, what: `${what}, and copies of the first of them` };
}

async function runOnce(
  documents: readonly BenchDocument[],
  rules: Parameters<typeof classifyAll>[2],
): Promise<Run | undefined> {
  await using server = await startServer(WORKERS);
  using client = new ApiClient(server.url);
  let tookMs = 0;
  const peak = await peakDuring(server.processId, async () => {
    const ids = await uploadAll(client, documents);
    const started = performance.now();
    await classifyAll(client, ids, rules);
    tookMs = performance.now() - started;
  });
  if (!peak) return undefined;
  return { peak, perSecond: (1000 * documents.length) / tookMs, failed: await client.countJobs('FAILED') };
}

function rowOf({ peak, perSecond, failed }: Run): string[] {
  const [server = 0, ...workers] = peak.parts.map((bytes) => (bytes / MB).toFixed(0));
  return [(peak.bytes / MB).toFixed(0), String(server), workers.join(' + '), perSecond.toFixed(1), String(failed)];
}
