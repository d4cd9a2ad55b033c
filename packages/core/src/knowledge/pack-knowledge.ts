import { buildNameTable } from '../rules/link-rule.js';
import { buildCueTable } from '../scoring/evidence/cue-table.js';
import { buildTypeWordTable } from '../scoring/evidence/evidence-scorer.js';
import { EVIDENCE_WEIGHTS } from '../scoring/evidence/evidence-weights.js';
import { buildStrongCueTable } from '../scoring/semantic/choose-passages.js';
import { loadBuiltInStatic } from '../scoring/static/built-in.js';
import { staticSimilarity } from '../scoring/static/static-similarity.js';
import type { CompiledKnowledge, CompiledType } from './compiled-knowledge.js';
import type { KnowledgeTables } from './knowledge-tables.js';
import { packValue } from './packed-value.js';

/** Knowledge as scorers need it: without the cues, which are in the tables. */
export interface PackedKnowledge extends Omit<CompiledKnowledge, 'types'> {
  readonly types: readonly Omit<CompiledType, 'cues'>[];
  readonly tables: KnowledgeTables;
}

/** Makes everything of a knowledge that scorers would make when they are loaded. */
export async function packKnowledge(knowledge: CompiledKnowledge): Promise<Uint8Array> {
  const semantic = staticSimilarity(await loadBuiltInStatic(), knowledge);
  const packed: PackedKnowledge = {
    ...knowledge,
    types: knowledge.types.map(({ cues: _, ...type }) => type),
    tables: {
      cues: buildCueTable(knowledge, EVIDENCE_WEIGHTS),
      typeWords: buildTypeWordTable(knowledge),
      names: buildNameTable(knowledge),
      strongCues: buildStrongCueTable(knowledge),
      typeVectors: await semantic.typeVectors(),
    },
  };
  return packValue(packed);
}
