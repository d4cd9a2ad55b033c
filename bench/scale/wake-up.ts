import { setTimeout as delay } from 'node:timers/promises';
import { createFile, makeJob } from '../../packages/store/src/testing/samples.js';
import { percentile } from '../server/percentile.js';
import { ms, type Section, table } from '../speed/report.js';
import { openBenchStore, type StoreName } from './both-stores.js';
import type { Effort } from './effort.js';
import { startWaitingWorker } from './start-waiting-worker.js';

const MOST_MEDIAN_MS = 100;

/** Between two jobs: the worker is idle again. */
const PAUSE_MS = 60;

/** How long is it from a create until an idle worker has taken the job up? */
export async function measureWakeUp({ wakeUps }: Effort): Promise<Section> {
  const sqlite = await timeWakeUps('SQLite', wakeUps);
  const postgres = await timeWakeUps('PostgreSQL', wakeUps);
  const row = (name: string, times: readonly number[]) => {
    return [name, ...[0.5, 0.95, 0.99].map((share) => ms(percentile(times, share)))];
  };
  const reached = percentile(postgres, 0.5);
  return {
    title: 'From create to the worker, idle',
    lines: [
      `${wakeUps} jobs, one at a time, to a worker that has nothing to do: from the call that creates the job until the engine is given its`,
      'document. In SQLite mode the runner is told in its own process; in PostgreSQL mode by NOTIFY.',
      '',
      ...table(['', 'p50', 'p95', 'p99'], [row('SQLite', sqlite), row('PostgreSQL', postgres)]),
    ],
    targets: [
      {
        name: 'median from create to claim on PostgreSQL, idle',
        reached: `${ms(reached)}`,
        wanted: `under ${MOST_MEDIAN_MS} ms`,
        met: reached < MOST_MEDIAN_MS,
      },
    ],
  };
}

async function timeWakeUps(name: StoreName, count: number): Promise<number[]> {
  await using bench = await openBenchStore(name);
  const { store } = bench;
  const { id: sourceId } = await createFile(store, 'a document');
  let started = () => {};
  const worker = await startWaitingWorker(store, 0, () => started());
  const times: number[] = [];
  try {
    for (let number = 0; number < count; number++) {
      await delay(PAUSE_MS);
      const isStarted = new Promise<void>((resolve) => {
        started = resolve;
      });
      const created = performance.now();
      await store.jobs.create(makeJob({ sourceId }), { maxPending: 1000 });
      if (name === 'SQLite') worker.wake();
      await isStarted;
      times.push(performance.now() - created);
    }
  } finally {
    await worker.stop();
  }
  return times;
}
