import { afterEach, describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { canListProcesses, engineProcessIds } from '../testing/engine-processes.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { EnginePool } from './engine-pool.js';

import { SpareEngine } from './spare-engine.js';
import { DEFAULT_MAX_MEMORY_MB } from './worker-limits.js';

const canLook = workerIsBuilt && canListProcesses;
const reason = canLook ? '' : ' (skipped: packages/core/dist is not built, or there is no /proc)';
const rules = [{ type: 'minutes', description: 'The record of a meeting' }];
const request = { document: fixture('documents/minutes.txt'), rules };

let spare: SpareEngine | undefined;
afterEach(() => spare?.end());

function poolWith(maxMemoryMb: number) {
  return new EnginePool({ engine: { scorer: 'evidence' }, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb, spare });
}

describe.skipIf(!canLook)(`SpareEngine${reason}`, () => {
  it('becomes the first process of a pool', async () => {
    spare = new SpareEngine();
    const before = engineProcessIds();
    expect(before).toHaveLength(1);
    await using pool = poolWith(DEFAULT_MAX_MEMORY_MB);
    expect((await pool.classify(request)).result.type).toBe('minutes');
    expect(engineProcessIds()).toEqual(before);
    spare.end();
    expect((await pool.classify(request)).result.type).toBe('minutes');
    expect(engineProcessIds()).toEqual(before);
  });

  it('is not taken by a pool with other settings', async () => {
    spare = new SpareEngine();
    const [id] = engineProcessIds();
    await using pool = poolWith(DEFAULT_MAX_MEMORY_MB + 1);
    await pool.classify(request);
    expect(engineProcessIds()).toHaveLength(2);
    expect(engineProcessIds()).toContain(id);
  });

  it('is taken once', () => {
    spare = new SpareEngine();
    const child = spare.take({ maxMemoryMb: DEFAULT_MAX_MEMORY_MB });
    expect(child?.pid).toBeDefined();
    expect(spare.take({ maxMemoryMb: DEFAULT_MAX_MEMORY_MB })).toBeUndefined();
    child?.kill('SIGKILL');
  });

  it('costs no document when it was lost before', async () => {
    spare = new SpareEngine();
    for (const id of engineProcessIds()) process.kill(id, 'SIGKILL');
    await using pool = poolWith(DEFAULT_MAX_MEMORY_MB);
    expect((await pool.classify(request)).result.type).toBe('minutes');
  });
});
