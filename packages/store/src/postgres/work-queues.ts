import type { WorkQueue } from './job-queue.js';

/** The queue of classification jobs. */
export const JOB_QUEUE: WorkQueue = { name: 'docket_jobs', prefix: 'clj-' };

/** The queue of parse jobs. */
export const PARSE_QUEUE: WorkQueue = { name: 'docket_parses', prefix: 'pjb-' };

/** All queues. */
export const WORK_QUEUES: readonly WorkQueue[] = [JOB_QUEUE, PARSE_QUEUE];
