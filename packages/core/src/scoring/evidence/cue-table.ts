import type { CompiledCue, CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { buildPhraseTable, type PhraseTable } from '../../knowledge/phrase-table.js';
import type { EvidenceWeights } from './evidence-weights.js';
import { rarity } from './word-rarity.js';

/** All cues of a knowledge with what they weigh, in flat arrays. */
export interface CueTable {
  readonly phrases: PhraseTable;
  /** By phrase, and one more: its first place in `cueOf`. */
  readonly firstCue: Int32Array;
  /** The cues that a phrase stands for: one for each type that lists it. */
  readonly cueOf: Int32Array;
  /** By cue: index of its type. */
  readonly types: Int32Array;
  /** By cue. */
  readonly weights: Float64Array;
  /** By cue: the languages that it is bound to, as an index into `languages`; 0: it holds in every language. */
  readonly bindings: Int32Array;
  readonly languages: readonly (readonly string[])[];
}

/** Weighs all cues and makes them ready to be looked for. */
export function buildCueTable(knowledge: CompiledKnowledge, weights: EvidenceWeights): CueTable {
  const cues = knowledge.types.flatMap((type, index) => type.cues.map((cue) => ({ cue, type: index })));
  const byKey = new Map<string, number[]>();
  cues.forEach(({ cue: { key } }, index) => {
    const known = byKey.get(key);
    if (known) known.push(index);
    else byKey.set(key, [index]);
  });
  const languages = new Map<string, number>([['', 0]]);
  const bindings = Int32Array.from(cues, ({ cue }) => {
    if (!isBound(cue)) return 0;
    const list = cue.languages.join(' ');
    languages.set(list, languages.get(list) ?? languages.size);
    return languages.get(list) as number;
  });
  let end = 0;
  const ends = [...byKey.values()].map((indexes) => {
    end += indexes.length;
    return end;
  });
  return {
    phrases: buildPhraseTable([...byKey.keys()]),
    firstCue: Int32Array.of(0, ...ends),
    cueOf: Int32Array.from([...byKey.values()].flat()),
    types: Int32Array.from(cues, ({ type }) => type),
    weights: Float64Array.from(cues, ({ cue }) => cueWeight(cue, knowledge, weights)),
    bindings,
    languages: [...languages.keys()].map((list) => list.split(' ')),
  };
}

/** A single word of another language says little in a document that is not in it; see `FOREIGN_WORD`. */
function isBound({ key, languages }: CompiledCue): boolean {
  return !key.includes(' ') && !languages.includes('en') && /^\^?\p{Script=Latin}/u.test(key);
}

/** Phrases that other types use too say less, and so do single weak words that stand in papers of any kind. */
function cueWeight(cue: CompiledCue, knowledge: CompiledKnowledge, weights: EvidenceWeights): number {
  const { kind, rivals, phrase, key } = cue;
  const total = Math.max(2, knowledge.types.length);
  const distinction = Math.log(1 + total / (1 + rivals)) / Math.log(1 + total);
  const isCommon = kind === 'weak' && !key.includes(' ') && !key.startsWith('^');
  const weight = weights[kind] * distinction * (isCommon ? rarity(phrase, knowledge) : 1);
  return kind === 'negative' ? -weight : weight;
}
