import type { Job } from '@docket/store';
import type { DocketContext } from '../http/app-environment.js';
import { onceGone } from '../http/once-gone.js';
import type { Services } from '../services.js';

/** How a request waits for its job. */
export interface WaitOptions {
  readonly seconds: number;
  /** What the request came by; waiting ends when its connection does. */
  readonly env: DocketContext['env'];
}

/** Waits for the end of a job. @returns The job as it is then, or as it is when the time is up */
export async function waitForJob({ store, runner }: Services, job: Job, { seconds, env }: WaitOptions): Promise<Job> {
  if (job.status !== 'PENDING' && job.status !== 'RUNNING') return job;
  const gone = new AbortController();
  const forget = onceGone(env, () => gone.abort());
  try {
    const ended = await runner.waitForEnd(job.id, seconds * 1000, gone.signal);
    return ended ?? (await store.jobs.get(job.id)) ?? job;
  } finally {
    forget();
  }
}
