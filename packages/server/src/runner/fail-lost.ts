import type { LeasedWork } from '@docket/store';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import type { Webhooks } from '../services.js';
import type { JobEnds } from './job-ends.js';
import type { WorkKind } from './work-kind.js';

/** Who is told of work that failed. */
export interface LossTools {
  readonly logger: Logger;
  readonly metrics: Pick<Metrics, 'countEnded'>;
  readonly webhooks?: Pick<Webhooks, 'wake'> | undefined;
  readonly ends: Pick<JobEnds, 'tell'>;
}

/** Work of one kind that may be lost. */
export interface LosableWork {
  readonly name: WorkKind['name'];
  readonly store: Pick<LeasedWork<{ readonly id: string }>, 'failLost'>;
}

/** Lets work fail whose process was lost too often. */
export async function failLost({ name, store }: LosableWork, tools: LossTools): Promise<void> {
  const { logger, metrics, webhooks, ends } = tools;
  for (const id of await store.failLost()) {
    logger.error({ id }, `${name} failed: its process was lost too often`);
    if (name === 'job') metrics.countEnded('FAILED');
    webhooks?.wake();
    ends.tell(id);
  }
}
