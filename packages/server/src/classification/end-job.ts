import { DocketError } from '@docket/core';
import type { Job } from '@docket/store';
import type { Services } from '../services.js';
import { notFound } from './scope.js';

/** A job by its id. */
export interface JobReference {
  readonly id: string;
  /** When given, jobs of other projects are unknown. */
  readonly projectId: string | undefined;
}

/**
 * Cancels a job, also one that is being worked on: a result that comes later is dropped.
 * @throws DocketError `resource.not_found`, `state.ended`
 */
export async function cancelJob({ store, runner, webhooks }: Services, { id, projectId }: JobReference): Promise<Job> {
  const cancellation = await store.jobs.cancel(id, projectId);
  if (cancellation.outcome === 'unknown') throw notFound('Classify job');
  const { job } = cancellation;
  if (cancellation.outcome === 'ended') {
    throw new DocketError('state.ended', `Job is already ${job.status} and cannot be cancelled`);
  }
  runner.abort(job.id);
  if (job.webhooks) webhooks?.wake();
  return job;
}

/**
 * Deletes a job that has ended.
 * @throws DocketError `resource.not_found`, `state.active`
 */
export async function deleteJob({ store }: Services, { id, projectId }: JobReference): Promise<Job> {
  const deletion = await store.jobs.delete(id, projectId);
  if (deletion.outcome === 'unknown') throw notFound('Classify job');
  const { job } = deletion;
  if (deletion.outcome === 'active') {
    throw new DocketError('state.active', `Job is still ${job.status} and cannot be deleted; cancel it first`);
  }
  return job;
}
