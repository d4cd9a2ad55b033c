import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createFile, makeJob } from '../../packages/store/src/testing/samples.js';
import { showProgress } from '../server/machine.js';
import { mapConcurrently } from '../server/map-concurrently.js';
import { type Section, table } from '../speed/report.js';
import { openBenchStore } from './both-stores.js';
import type { Effort } from './effort.js';

/** How long the scorer waits for each document. */
const WAIT_MS = 500;

/** Workers of one process: more of them would wait for its event loop. */
const PER_PROCESS = 16;

const CREATES_AT_ONCE = 8;
const LOOK_MS = 20;

/** What so many workers came to. */
export interface WorkersPoint {
  readonly workers: number;
  readonly jobsPerSecond: number;
  /** What the same workers would do if nothing but the scorer took time. */
  readonly ideal: number;
}

const measured: WorkersPoint[] = [];

/** The points of the plot. */
export function measuredWorkers(): readonly WorkersPoint[] {
  return measured;
}

/** How many jobs a second do so many workers do, whose scorer only waits? */
export async function measureWorkers({ workers: numbers, jobsPerWorker }: Effort): Promise<Section> {
  measured.length = 0;
  for (const workers of numbers) {
    const jobsPerSecond = await measureOne(workers, workers * jobsPerWorker);
    const point = { workers, jobsPerSecond, ideal: (workers * 1000) / WAIT_MS };
    measured.push(point);
    showProgress(`${workers} workers: ${jobsPerSecond.toFixed(1)} jobs/s of ${point.ideal}`);
  }
  return {
    title: 'From one worker to many',
    lines: [
      `A scorer that waits ${WAIT_MS} ms for each document and does nothing: what is missing to the ideal is the queue, the store and the`,
      `processors that all share. Up to ${PER_PROCESS} workers in a process; ${jobsPerWorker} jobs for each worker, all of them queued before the first one`,
      'is taken up; timed from then until the last one has ended.',
      '',
      ...table(
        ['workers', 'jobs/s', 'ideal', 'share'],
        measured.map(({ workers, jobsPerSecond, ideal }) => [
          String(workers),
          jobsPerSecond.toFixed(1),
          ideal.toFixed(0),
          (jobsPerSecond / ideal).toFixed(3),
        ]),
      ),
      '',
      '![Jobs per second by workers, beside the ideal line](scale.svg)',
    ],
    targets: [],
  };
}

async function measureOne(workers: number, jobs: number): Promise<number> {
  await using bench = await openBenchStore('PostgreSQL');
  const { store } = bench;
  const { id: sourceId } = await createFile(store, 'a document');
  const processes: ChildProcess[] = [];
  try {
    await mapConcurrently(Array.from({ length: jobs }), CREATES_AT_ONCE, () =>
      store.jobs.create(makeJob({ sourceId }), { maxPending: jobs + 1 }),
    );
    for (let left = workers; left > 0; left -= PER_PROCESS) {
      processes.push(await startProcess(bench.database, Math.min(left, PER_PROCESS)));
    }
    return await timeUntilEnd(async () => (await store.jobs.counts()).byStatus, jobs);
  } finally {
    await Promise.all(processes.map(end));
  }
}

/** Leaves out the start: what had ended at the first look, and the time until then. */
async function timeUntilEnd(look: () => Promise<Readonly<Record<string, number>>>, jobs: number): Promise<number> {
  let begun: { readonly at: number; readonly ended: number } | undefined;
  for (;;) {
    const { COMPLETED = 0, FAILED = 0 } = await look();
    if (FAILED > 0) throw new Error('jobs have failed');
    if (COMPLETED > 0) begun ??= { at: performance.now(), ended: COMPLETED };
    if (begun && COMPLETED === jobs) return ((jobs - begun.ended) * 1000) / (performance.now() - begun.at);
    await delay(LOOK_MS);
  }
}

async function startProcess(database: string, workers: number): Promise<ChildProcess> {
  const script = fileURLToPath(new URL('./worker-process.ts', import.meta.url));
  const home = fileURLToPath(new URL(`file://${process.env['TMPDIR'] ?? '/tmp'}/docket-bench-scale-home`));
  const child = fork(script, [database, home, String(workers), String(WAIT_MS)], { stdio: 'inherit' });
  await once(child, 'message');
  return child;
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.send('stop');
  await ended;
}
