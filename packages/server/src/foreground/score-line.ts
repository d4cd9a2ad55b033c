import { type ClassifyRequest, DocketError, type PooledClassification } from '@docket/core';
import PQueue from 'p-queue';
import type { OnDemandPool } from './on-demand-pool.js';

/** Requests that may wait. */
const MOST_WAITING = 500;

/** How long work that nobody waits for may still take: ending its process costs the next one more than that. */
const GRACE_MS = 300;

/** Documents whose pages are known, scored one after the other. */
export class ScoreLine {
  private readonly queue = new PQueue({ concurrency: 1 });

  constructor(private readonly pool: OnDemandPool) {}

  /**
   * Scores the pages of a document.
   * @throws DocketError whatever the engine throws, `capacity.too_many_requests`; the signal's reason when that aborts
   */
  score(request: ClassifyRequest, signal: AbortSignal): Promise<PooledClassification> {
    if (signal.aborted) return Promise.reject(signal.reason);
    if (this.queue.size >= MOST_WAITING) return Promise.reject(tooManyRequests(this.queue.size));
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      this.queue.add(() => this.work(request, signal).then(resolve, reject), { signal }).catch(reject);
    });
  }

  private async work(request: ClassifyRequest, signal: AbortSignal): Promise<PooledClassification> {
    const stop = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const stopSoon = () => {
      timer = setTimeout(() => stop.abort(signal.reason), GRACE_MS);
    };
    signal.addEventListener('abort', stopSoon, { once: true });
    try {
      return await this.pool.use((pool) => pool.classify(request, { signal: stop.signal }));
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stopSoon);
    }
  }
}

/** The error for one request too many. */
export function tooManyRequests(waiting: number): DocketError {
  const message = `Too many requests of this kind are under way (${waiting}); try again later`;
  return new DocketError('capacity.too_many_requests', message, { data: { waiting, retryAfterMs: 1000 } });
}
