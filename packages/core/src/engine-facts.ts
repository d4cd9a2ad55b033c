import { ocrSettingsOf } from './documents/ocr/ocr-settings.js';
import { type OcrStatus, ocrStatus } from './documents/ocr/ocr-status.js';
import type { ReaderChoice } from './documents/readers.js';
import { type EngineOptions, loadEngine } from './engine.js';
import { DocketError } from './errors.js';

/** What an engine is made of: plain data. */
export interface EngineFacts {
  /** Which scorers and models take part, with their versions, and what was fitted. */
  readonly identity: string;
  /** Whether the calibration was fitted with the model that takes part. */
  readonly isFitted: boolean;
  readonly knowledge: {
    readonly identity: string;
    /** Number of document types. */
    readonly types: number;
    readonly languages: readonly string[];
  };
  /** What OCR can do, or why it can do nothing; undefined when it is off. */
  readonly ocr?: OcrStatus | { readonly problem: string };
}

/**
 * Says what an engine, and what reads for it, is made of.
 * @throws DocketError as `loadEngine`
 */
export async function engineFacts(options: EngineOptions, choice: ReaderChoice): Promise<EngineFacts> {
  const { identity, isFitted, knowledge } = await loadEngine(options);
  const { types, languages } = knowledge;
  const facts = {
    identity,
    isFitted,
    knowledge: { identity: knowledge.identity, types: types.length, languages },
  };
  return ocrSettingsOf(choice).mode === 'off' ? facts : { ...facts, ocr: await ocrFacts(choice) };
}

async function ocrFacts(choice: ReaderChoice): Promise<Required<EngineFacts>['ocr']> {
  return await ocrStatus(choice).catch((error: unknown) => {
    if (error instanceof DocketError) return { problem: error.message };
    throw error;
  });
}
