import { DocketError } from '@docket/core';
import type { StoredExplanation } from '../runner/stored-explanation.js';
import type { Services } from '../services.js';
import type { JobReference } from './end-job.js';
import { found } from './scope.js';

/**
 * What stands behind the answer of a job.
 * @throws DocketError `state.active` before the job has ended; `resource.not_found` for an unknown job, one that did not
 *   complete, and one whose explanation is not kept any more
 */
export async function explainJob({ store }: Services, { id, projectId }: JobReference): Promise<StoredExplanation> {
  const { status } = found(await store.jobs.get(id, projectId), 'Classify job');
  if (status === 'PENDING' || status === 'RUNNING') {
    throw new DocketError(
      'state.active',
      `Job is still ${status} and has no explanation yet; ask again when it has ended`,
    );
  }
  if (status !== 'COMPLETED') {
    throw new DocketError('resource.not_found', `Job is ${status}: only a COMPLETED job has an explanation`);
  }
  const explanation = await store.jobs.explanation(id);
  if (explanation !== undefined) return explanation as StoredExplanation;
  const message = 'The explanation of this job is not kept any more: its document was deleted, or its time was up';
  throw new DocketError('resource.not_found', message);
}
