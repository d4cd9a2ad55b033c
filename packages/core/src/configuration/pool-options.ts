import type { ReaderLimits } from '../documents/document-reader.js';
import type { EnginePoolOptions } from '../workers/engine-pool.js';
import type { SettingValues } from './settings.js';

/** The limits that a configuration sets. */
export function limitsOf(values: SettingValues): ReaderLimits {
  return {
    maxBytes: values['limits.maxBytes'],
    maxPages: values['limits.maxPages'],
    maxCharacters: values['limits.maxCharacters'],
    timeoutMs: values['limits.timeoutMs'],
  };
}

/** The engine processes that a configuration asks for. */
export function poolOptionsOf(values: SettingValues): EnginePoolOptions {
  return {
    engine: { scorer: values.scorer, knowledge: values.knowledge },
    limits: limitsOf(values),
    concurrency: values.concurrency,
    maxMemoryMb: values['workers.maxMemoryMb'],
  };
}
