import { setTimeout as delay } from 'node:timers/promises';
import type { ClassifyRequest, PooledClassification } from '@docket/core';
import { classification, FakePool, ONE_PAGE } from '../../packages/server/src/testing/fake-pool.js';

const TIMINGS = { readMs: 0, scoreMs: 0 };

/** An engine that only waits: one document at a time, so long for each. */
export class WaitingPool extends FakePool {
  override readonly concurrency = 1 as never;
  private last: Promise<unknown> = Promise.resolve();

  /** @param onStart Is called when a document is taken up */
  constructor(
    private readonly waitMs: number,
    private readonly onStart: () => void = () => {},
  ) {
    super();
  }

  override async classify(request: ClassifyRequest): Promise<PooledClassification> {
    // The self-test: jobs want to know why.
    if (!request.explain) return super.classify(request);
    const turn = this.last.then(() => {
      this.onStart();
      return delay(this.waitMs);
    });
    this.last = turn;
    await turn;
    const read = request.keepPages ? { read: ONE_PAGE } : {};
    return { result: classification(), timings: TIMINGS, durationMs: this.waitMs, ...read };
  }
}
