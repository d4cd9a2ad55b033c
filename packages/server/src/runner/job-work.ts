import type { Job, JobStore, Lease } from '@docket/store';
import { forgetContent } from '../files/forget-content.js';
import { type JobTools, runClassifyJob } from './run-classify-job.js';
import { untilStored } from './until-stored.js';
import type { WorkKind } from './work-kind.js';

/** Classification jobs as a kind of work. */
export function jobWork(tools: JobTools): WorkKind {
  const { jobs } = tools.store;
  return {
    name: 'job',
    store: jobs,
    claim: async (options) => {
      const job = await jobs.claim(options);
      if (!job) return undefined;
      const lease = { id: job.id, owner: options.owner };
      return { lease, run: (signal) => classify(job, { lease, jobs, tools, signal }) };
    },
  };
}

interface JobContext {
  readonly lease: Lease;
  readonly jobs: JobStore;
  readonly tools: JobTools;
  readonly signal: AbortSignal;
}

async function classify(job: Job, { lease, jobs, tools, signal }: JobContext) {
  const { logger, purgeQuotesOnDelete } = tools;
  const waiting = { signal, logger };
  const { completion, timings } = await runClassifyJob(job, tools, signal);
  if (!(await untilStored(() => jobs.complete(lease, completion), waiting))) return undefined;
  const { contentHash } = completion;
  // A document may be deleted while it is worked on, too early for its deletion to find the answer.
  const isDeleted = (await tools.store.files.locate(contentHash)) === undefined;
  if (isDeleted) await untilStored(() => forgetContent(contentHash, { jobs, purgeQuotesOnDelete }), waiting);
  return timings;
}
