import { EventEmitter, once } from 'node:events';
import type { Job, Store } from '@docket/store';

const FINAL: ReadonlySet<string> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** How often a job is looked at that may end in another process: the safety net below what that tells. */
const LOOK_MS = 500;

/** Tells those who wait for a job when it has ended, here or in another process that shares the store. */
export class JobEnds {
  private readonly ended = new EventEmitter().setMaxListeners(0);
  private readonly unlisten: () => void;

  constructor(private readonly store: Pick<Store, 'jobs' | 'cluster'>) {
    const tell = (jobId: string) => this.tell(jobId);
    this.unlisten = store.cluster?.listen({ ended: tell, cancelled: tell }) ?? (() => {});
  }

  /** A job, or whatever has such an id, has ended. */
  tell(jobId: string): void {
    this.ended.emit(jobId);
  }

  /** Waits until a job has ended; undefined when it has not after so long, or when the signal aborts. */
  async wait(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<Job | undefined> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const over = signal ? AbortSignal.any([signal, timeout]) : timeout;
    while (true) {
      const told = this.nextTelling(jobId, over);
      const job = await this.store.jobs.get(jobId);
      if (job === undefined || FINAL.has(job.status)) return job;
      await told;
      if (over.aborted) return undefined;
    }
  }

  close(): void {
    this.unlisten();
  }

  private async nextTelling(jobId: string, over: AbortSignal): Promise<void> {
    const look = this.store.cluster ? AbortSignal.any([over, AbortSignal.timeout(LOOK_MS)]) : over;
    await once(this.ended, jobId, { signal: look }).catch(() => {});
  }
}
