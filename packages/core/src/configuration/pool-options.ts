import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { ReaderChoice } from '../documents/readers.js';
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
    ocrPageMs: values['limits.ocrPageMs'],
    maxMs: values['limits.maxMs'],
  };
}

/** Where language files for OCR lie in a data folder. */
export function ocrFolder(home: string): string {
  return join(home, 'ocr');
}

/** How documents are read under a configuration. */
export function readerChoiceFor(values: SettingValues): ReaderChoice {
  const { ocr, ocrMaxPages, ocrEngine, home } = values;
  return { pdfReader: values['pdf.reader'], ocr, ocrMaxPages, ocrEngine, ocrFolder: ocrFolder(home) };
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
