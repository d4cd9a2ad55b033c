import { availableParallelism } from 'node:os';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { EngineOptions } from '../engine.js';
import { modelsFolder } from '../models/models-folder.js';
import type { EnginePoolOptions } from '../workers/engine-pool.js';
import type { SettingValues } from './settings.js';

/** The limits that a configuration sets. */
export function limitsOf(values: SettingValues): ReaderLimits {
  return {
    maxBytes: values['limits.maxBytes'],
    maxPages: values['limits.maxPages'],
    maxCharacters: values['limits.maxCharacters'],
    openMs: values['limits.openMs'],
    pageMs: values['limits.pageMs'],
    maxMs: values['limits.maxMs'],
  };
}

/** The engine that a configuration asks for. */
export function engineOptionsOf(values: SettingValues): EngineOptions {
  const { scorer, knowledge, model, home, concurrency } = values;
  const processes = concurrency > 0 ? concurrency : availableParallelism();
  const modelThreads = values['workers.modelThreads'] || Math.max(1, Math.floor(availableParallelism() / processes));
  return { scorer, knowledge, model: model || undefined, modelsFolder: modelsFolder(home), modelThreads };
}

/** The engine processes that a configuration asks for. */
export function poolOptionsOf(values: SettingValues): EnginePoolOptions {
  return {
    engine: engineOptionsOf(values),
    limits: limitsOf(values),
    concurrency: values.concurrency,
    maxMemoryMb: values['workers.maxMemoryMb'],
    startMs: values['limits.startMs'],
    modelMs: values['limits.modelMs'],
  };
}
