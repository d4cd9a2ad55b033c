import { afterEach, describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { EnginePool } from './engine-pool.js';

const faults = vi.hoisted(() => ({ left: 0 }));

vi.mock('./fork-engine.js', async (load) => {
  const original = await load<typeof import('./fork-engine.js')>();
  return {
    ...original,
    forkEngine: (settings: Parameters<typeof original.forkEngine>[0]) => {
      if (faults.left-- > 0) throw new Error('spawn ENOMEM');
      return original.forkEngine(settings);
    },
  };
});

const rules = [{ type: 'meeting_minutes', description: 'The record of a meeting: who attended and what was decided' }];
const request = { document: fixture('documents/minutes.txt'), rules };
const missing = workerIsBuilt ? '' : ' (skipped: packages/core/dist is not built)';

function makePool() {
  return new EnginePool({ engine: { scorer: 'evidence' }, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
}

describe.skipIf(!workerIsBuilt)(`a pool whose system is short of something${missing}`, () => {
  afterEach(() => {
    faults.left = 0;
  });

  it('fails the document for which no process can be started, and goes on', async () => {
    await using pool = makePool();
    faults.left = 1;
    await expect(pool.classify(request)).rejects.toMatchObject({
      code: 'internal.worker_crashed',
      message: expect.stringContaining('spawn ENOMEM'),
    });
    expect((await pool.classify(request)).result.type).toBe('meeting_minutes');
  });

  it('answers what came before a process that cannot be replaced', async () => {
    await using pool = makePool();
    await pool.ready();
    faults.left = 1;
    const controller = new AbortController();
    const abandoned = pool.classify(request, { signal: controller.signal });
    controller.abort(new Error('no longer wanted'));
    await expect(abandoned).rejects.toThrow('no longer wanted');
    expect((await pool.classify(request)).result.type).toBe('meeting_minutes');
  });
});

describe.skipIf(!workerIsBuilt)(`a request that cannot be sent to another process${missing}`, () => {
  it('fails, and does not hold up the next one', async () => {
    await using pool = makePool();
    const odd = { ...request, decision: { minConfidence: () => 1 } as never };
    await expect(pool.classify(odd)).rejects.toThrow('could not be cloned');
    expect((await pool.classify(request)).result.type).toBe('meeting_minutes');
    expect(pool.restarts).toBe(0);
  });
});
