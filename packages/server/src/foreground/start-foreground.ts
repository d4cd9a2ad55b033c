import { availableParallelism } from 'node:os';
import { EnginePool, poolOptionsOf, readerChoiceFor, type SettingValues } from '@docket/core';
import type { Store } from '@docket/store';
import type { Logger } from 'pino';
import type { Tunings } from '../runner/tunings.js';
import { Foreground } from './foreground.js';

/** Processes that read and draw, however many work on jobs. */
const MOST_READERS = 2;

/** Makes ready for work that somebody at a screen waits for; its processes start when they are needed. */
export function startForeground(
  values: SettingValues,
  tools: { readonly store: Store; readonly tunings: Tunings; readonly logger: Logger },
): Foreground {
  return new Foreground({
    ...tools,
    ...readerChoiceFor(values),
    defaultMaxPages: values['pages.defaultMax'],
    makePool: (size) => new EnginePool({ ...poolOptionsOf(values), ...size }),
    concurrency: Math.min(values.concurrency || availableParallelism(), MOST_READERS),
  });
}
