import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { SimilarityScorer } from '../semantic/similarity-scorer.js';
import { BUILT_IN_DEVIATION, type BuiltInStatic } from './built-in.js';

/** Passages of a document that are compared at most. */
const MOST_PASSAGES = 16;

/** Longest passage: about 256 tokens. */
export const PASSAGE_CHARACTERS = 1000;

/** The scorer on a static model, the built-in one or another. */
export function staticSimilarity(
  { encoder, background }: BuiltInStatic,
  knowledge: CompiledKnowledge,
): SimilarityScorer {
  return new SimilarityScorer({
    name: 'static',
    encoder,
    background,
    knowledge,
    mostPassages: MOST_PASSAGES,
    passageCharacters: PASSAGE_CHARACTERS,
    scale: BUILT_IN_DEVIATION / background.deviation,
  });
}
