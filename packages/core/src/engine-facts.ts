import { type EngineOptions, loadEngine } from './engine.js';

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
}

/**
 * Says what an engine is made of.
 * @throws DocketError as `loadEngine`
 */
export async function engineFacts(options: EngineOptions): Promise<EngineFacts> {
  const { identity, isFitted, knowledge } = await loadEngine(options);
  const { types, languages } = knowledge;
  return { identity, isFitted, knowledge: { identity: knowledge.identity, types: types.length, languages } };
}
