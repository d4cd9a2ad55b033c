import type { Job } from '@docket/store';
import type { Runner } from '../services.js';

/** A runner that does nothing but write down what it was told. Tests end jobs themselves. */
export class FakeRunner implements Runner {
  wakes = 0;
  readonly aborted: string[] = [];
  jobsPerSecond = 0;
  readonly restarts = 0;
  engine: string | undefined;
  readonly selfTest = Promise.resolve();
  private readonly waiting = new Map<string, { readonly timeoutMs: number; readonly end: (job?: Job) => void }>();
  private readonly watchers: (() => void)[] = [];

  wake(): void {
    this.wakes += 1;
  }

  abort(jobId: string): void {
    this.aborted.push(jobId);
  }

  waitForEnd(jobId: string, timeoutMs: number, signal?: AbortSignal): Promise<Job | undefined> {
    return new Promise((resolve) => {
      const end = (job?: Job) => {
        this.waiting.delete(jobId);
        this.tell();
        resolve(job);
      };
      this.waiting.set(jobId, { timeoutMs, end });
      signal?.addEventListener('abort', () => end());
      this.tell();
    });
  }

  /** Waits until a request waits for a job. @returns The job's id, and for how long it is willing to wait */
  async nextWaiter(): Promise<{ readonly jobId: string; readonly timeoutMs: number }> {
    await this.until(() => this.waiting.size > 0);
    const [entry] = this.waiting;
    if (!entry) throw new Error('nobody waits');
    const [jobId, { timeoutMs }] = entry;
    return { jobId, timeoutMs };
  }

  /** Waits until no request waits for a job. */
  noWaiter(): Promise<void> {
    return this.until(() => this.waiting.size === 0);
  }

  /** Ends the wait for a job: with the ended job, or without when the time is up. */
  endWait(jobId: string, job?: Job): void {
    this.waiting.get(jobId)?.end(job);
  }

  private async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  private tell(): void {
    for (const watcher of this.watchers.splice(0)) watcher();
  }
}
