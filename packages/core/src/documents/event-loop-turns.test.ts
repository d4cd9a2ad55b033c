import { afterEach, describe, expect, it, vi } from 'vitest';
import { EventLoopTurns } from './event-loop-turns.js';

describe('EventLoopTurns', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('hears what became due while the event loop stood still', async () => {
    const clock = vi.spyOn(performance, 'now').mockReturnValue(0);
    const turns = new EventLoopTurns();
    const controller = new AbortController();
    setTimeout(() => controller.abort(new Error('enough')), 0);
    const started = process.hrtime.bigint();
    while (process.hrtime.bigint() - started < 2_000_000n);
    clock.mockReturnValue(10);
    await expect(turns.next(controller.signal)).rejects.toThrow('enough');
  });

  it('lets nothing in between before that time', async () => {
    vi.spyOn(performance, 'now').mockReturnValue(0);
    const turns = new EventLoopTurns();
    let hasTurned = false;
    setImmediate(() => {
      hasTurned = true;
    });
    await turns.next(new AbortController().signal);
    expect(hasTurned).toBe(false);
  });

  it('throws at once what was aborted before', async () => {
    const turns = new EventLoopTurns();
    await expect(turns.next(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  });
});
