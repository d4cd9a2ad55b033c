import { EnginePool, poolOptionsOf, readerChoiceFor, type SettingValues } from '@docket/core';
import type { Store } from '@docket/store';
import type { Logger } from 'pino';
import type { Metrics } from '../operations/metrics.js';
import type { Runner, Webhooks } from '../services.js';
import { JobRunner } from './job-runner.js';
import { describePresence } from './presence.js';
import { Supervisor } from './supervisor.js';
import { Tunings } from './tunings.js';

/** What a runner is started with. */
export interface StartRunnerOptions {
  readonly values: SettingValues;
  readonly store: Store;
  readonly tunings: Tunings;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Whether this process accepts jobs. */
  readonly serves: boolean;
  /** Whether it does them. */
  readonly works: boolean;
  /** Is told that jobs have changed. */
  readonly webhooks?: Webhooks | undefined;
}

/** A runner that can be stopped. */
export type StoppableRunner = Runner & {
  /** Lets what runs come to its end, or gives it back when it takes too long. */
  stop(): Promise<void>;
};

/** Engine processes take what the server leaves them: requests are answered while documents are worked on. */
const ENGINE_NICENESS = 10;

/** Starts what does the jobs, or what looks after those who do. */
export function startRunner({ values, serves, works, ...tools }: StartRunnerOptions): StoppableRunner {
  const presence = describePresence(values, { serves });
  const poolOptions = { ...poolOptionsOf(values), niceness: ENGINE_NICENESS };
  if (!works) return new Supervisor({ ...tools, presence, pool: new EnginePool({ ...poolOptions, concurrency: 1 }) });
  return new JobRunner({
    ...tools,
    ...readerChoiceFor(values),
    presence,
    pool: new EnginePool(poolOptions),
    defaultMaxPages: values['pages.defaultMax'],
    purgeQuotesOnDelete: values['privacy.purgeQuotesOnDelete'],
  });
}

/** The tuned thresholds that the configuration names. @throws DocketError as `Tunings.read` does */
export async function readTunings(values: SettingValues): Promise<Tunings> {
  return values['server.tuning'] === '' ? Tunings.NONE : await Tunings.read(values['server.tuning']);
}
