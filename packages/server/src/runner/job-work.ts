import type { Job, JobStore, Lease } from '@docket/store';
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
      return { lease, run: (signal, onWorked) => classify(job, { lease, jobs, tools, signal, onWorked }) };
    },
  };
}

interface JobContext {
  readonly lease: Lease;
  readonly jobs: JobStore;
  readonly tools: JobTools;
  readonly signal: AbortSignal;
  readonly onWorked: () => void;
}

async function classify(job: Job, { lease, jobs, tools, signal, onWorked }: JobContext) {
  const { logger, purgeQuotesOnDelete: purgeQuotes } = tools;
  const { completion, timings } = await runClassifyJob(job, tools, signal);
  onWorked();
  const isHeld = await untilStored(() => jobs.complete(lease, completion, { purgeQuotes }), { signal, logger });
  return isHeld ? timings : undefined;
}
