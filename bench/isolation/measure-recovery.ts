import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS, EnginePool } from '@docket/core';
import { engineProcessIds } from '../../packages/core/src/testing/engine-processes.js';

const MEMORY_MB = 1024;
const documents = fileURLToPath(new URL('../../test/fixtures/documents/', import.meta.url));
const document = join(documents, 'contract-3p.pdf');
const rules = [
  { type: 'contract', description: 'An agreement between parties, with their names, terms and signatures' },
];

/** Milliseconds from the kill of a process of the pool. */
export interface Recovery {
  /** Until as many processes as before have their engine loaded. */
  readonly wholeMs: number;
  /** Until as many documents as there are processes, sent when it is whole, are answered. */
  readonly answeredMs: number;
}

/** Kills one process of a pool of two, so many times, while the other one has nothing to do or always a document. */
export async function measureRecovery(rounds: number, isBusy: boolean): Promise<readonly Recovery[]> {
  await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 2, maxMemoryMb: MEMORY_MB });
  const classifyAll = () => Promise.all([1, 2].map(() => pool.classify({ document, rules })));
  await pool.ready();
  await classifyAll();
  const recoveries: Recovery[] = [];
  for (let round = 0; round < rounds; round++) {
    using _ = isBusy ? keepBusy(pool) : undefined;
    const { restarts } = pool;
    const started = performance.now();
    process.kill(engineProcessIds()[round % 2] as number, 'SIGKILL');
    while (pool.restarts === restarts) await setImmediate();
    await pool.ready();
    const wholeMs = performance.now() - started;
    await classifyAll();
    recoveries.push({ wholeMs, answeredMs: performance.now() - started });
  }
  return recoveries;
}

/** One document after the other, until it is disposed of. */
function keepBusy(pool: EnginePool): Disposable {
  let isOver = false;
  const next = async (): Promise<void> => {
    while (!isOver) await pool.classify({ document, rules }).catch(() => {});
  };
  void next();
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

/** Milliseconds until a pool of two that was just made is whole. */
export async function measureStart(): Promise<number> {
  await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 2, maxMemoryMb: MEMORY_MB });
  const started = performance.now();
  await pool.ready();
  return performance.now() - started;
}
