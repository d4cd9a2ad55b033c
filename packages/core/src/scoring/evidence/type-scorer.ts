import type { CompiledCue, CompiledKnowledge, CompiledType } from '../../knowledge/compiled-knowledge.js';
import type { LayoutCue } from '../../knowledge/document-type.js';
import { PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { type DocumentFacts, layoutHolds } from './document-facts.js';
import type { EvidenceWeights } from './evidence-weights.js';
import type { LayoutStatistics } from './layout-statistics.js';
import {
  countPlace,
  locatePhrases,
  occurrenceWeight,
  type PhraseCount,
  type PhrasePlace,
  type TokenisedPage,
} from './located-phrases.js';
import { rarity } from './word-rarity.js';

/** A cue that was found. */
export interface CueHit {
  readonly phrase: string;
  readonly place: PhrasePlace;
  readonly weight: number;
}

/** What speaks for a document type. */
export interface TypeScore {
  readonly total: number;
  /** Cues that speak for the type, strongest first. */
  hits(): readonly CueHit[];
  /** Layout cues that speak for the type. */
  layout(): readonly LayoutCue[];
}

interface WeightedCue {
  readonly phrase: string;
  readonly type: number;
  readonly weight: number;
  /** Absent when the cue holds in every language. */
  readonly languages?: readonly string[];
}

/** A single word of another language than the document's is a coincidence more often than not (French `police`). */
const FOREIGN_WORD = 0.25;

/** Words in a document of ordinary length: two pages. */
const ORDINARY_WORDS = 600;

/** Scores every document type of the knowledge at once, in one pass over the text. */
export class TypeScorer {
  private readonly matcher: PhraseMatcher;
  private readonly cues: readonly WeightedCue[];
  /** By phrase of the matcher: the cues that it stands for, one for each type that lists it. */
  private readonly cuesOf: readonly (readonly number[])[];

  constructor(
    private readonly knowledge: CompiledKnowledge,
    private readonly weights: EvidenceWeights,
    private readonly statistics: LayoutStatistics,
  ) {
    const byKey = new Map<string, number[]>();
    const cues = knowledge.types.flatMap((type, index) => type.cues.map((cue) => ({ cue, type: index })));
    this.cues = cues.map(({ cue, type }) => this.weigh(cue, type));
    cues.forEach(({ cue: { key } }, index) => {
      const known = byKey.get(key);
      if (known) known.push(index);
      else byKey.set(key, [index]);
    });
    this.cuesOf = [...byKey.values()];
    this.matcher = new PhraseMatcher([...byKey.keys()]);
  }

  /** One score per type, in the order of the knowledge. */
  score(pages: readonly TokenisedPage[], facts: DocumentFacts, language: string): TypeScore[] {
    const words = pages.reduce((sum, page) => sum + page.tokens.words.length, 0);
    const shortening = 1 / (1 + this.weights.length * Math.log1p(words / ORDINARY_WORDS));
    const totals = new Float64Array(this.knowledge.types.length);
    const hits = this.knowledge.types.map((): CueHit[] => []);
    for (const [index, count] of this.countCues(pages)) {
      const cue = this.cues[index] as WeightedCue;
      const weight = weightIn(cue, language) * occurrenceWeight(count, this.weights.saturation, this.weights.head);
      totals[cue.type] = (totals[cue.type] as number) + weight * shortening;
      if (weight > 0) hits[cue.type]?.push({ phrase: cue.phrase, place: count.first, weight });
    }
    return this.knowledge.types.map((type, index) => ({
      total: (totals[index] as number) + this.layoutScore(type, facts),
      hits: () =>
        (hits[index] ?? []).sort((one, other) => other.weight - one.weight || comparePlaces(one.place, other.place)),
      layout: () => type.layout.filter((cue) => cue.weight !== 'against' && layoutHolds(cue, facts)),
    }));
  }

  /** Counts by cue. Where cues of one type overlap (`income tax return`, `tax return`) only the longest counts. */
  private countCues(pages: readonly TokenisedPage[]): Map<number, PhraseCount> {
    const counts = new Map<number, PhraseCount>();
    const coveredTo = new Int32Array(this.knowledge.types.length).fill(-1);
    let current: TokenisedPage | undefined;
    locatePhrases(this.matcher, pages, (phrase, page, firstToken, lastToken) => {
      if (page !== current) coveredTo.fill(-1);
      current = page;
      for (const index of this.cuesOf[phrase] ?? []) {
        const { type } = this.cues[index] as WeightedCue;
        if (lastToken <= (coveredTo[type] as number)) continue;
        coveredTo[type] = lastToken;
        const known = counts.get(index);
        const count = countPlace(known, page, firstToken, lastToken);
        if (!known) counts.set(index, count);
      }
    });
    return counts;
  }

  private weigh(cue: CompiledCue, type: number): WeightedCue {
    const { phrase, key, languages } = cue;
    const bound = !key.includes(' ') && !languages.includes('en') && /^\^?\p{Script=Latin}/u.test(key);
    return { phrase, type, weight: this.cueWeight(cue), ...(bound ? { languages } : {}) };
  }

  private layoutScore(type: CompiledType, facts: DocumentFacts): number {
    const sum = type.layout.reduce((total, cue) => total + this.statistics.logLikelihoodRatio(cue, facts), 0);
    return this.weights.layout * sum;
  }

  /** Phrases that other types use too say less, and so do single weak words that stand in papers of any kind. */
  private cueWeight({ kind, rivals, phrase, key }: CompiledCue): number {
    const total = Math.max(2, this.knowledge.types.length);
    const distinction = Math.log(1 + total / (1 + rivals)) / Math.log(1 + total);
    const isCommon = kind === 'weak' && !key.includes(' ') && !key.startsWith('^');
    const weight = this.weights[kind] * distinction * (isCommon ? rarity(phrase, this.knowledge) : 1);
    return kind === 'negative' ? -weight : weight;
  }
}

function weightIn({ weight, languages }: WeightedCue, language: string): number {
  return languages && !languages.includes(language) ? weight * FOREIGN_WORD : weight;
}

function comparePlaces(one: PhrasePlace, other: PhrasePlace): number {
  return one.page.page - other.page.page || one.firstToken - other.firstToken || one.lastToken - other.lastToken;
}
