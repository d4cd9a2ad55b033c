import type { ServerResponse } from 'node:http';
import type { Job } from '@docket/store';
import type { Services } from '../services.js';

/** How a request waits for its job. */
export interface WaitOptions {
  readonly seconds: number;
  /** The answer that is held back; waiting ends when its connection does. Absent without a socket. */
  readonly outgoing: ServerResponse | undefined;
}

/** Waits for the end of a job. @returns The job as it is then, or as it is when the time is up */
export async function waitForJob(
  { store, runner }: Services,
  job: Job,
  { seconds, outgoing }: WaitOptions,
): Promise<Job> {
  if (job.status !== 'PENDING' && job.status !== 'RUNNING') return job;
  const gone = new AbortController();
  const onClose = () => gone.abort();
  outgoing?.once('close', onClose);
  try {
    const ended = await runner.waitForEnd(job.id, seconds * 1000, gone.signal);
    return ended ?? (await store.jobs.get(job.id)) ?? job;
  } finally {
    outgoing?.off('close', onClose);
  }
}
