import type { CompiledKnowledge, CompiledType } from '../../knowledge/compiled-knowledge.js';
import type { LayoutCue } from '../../knowledge/document-type.js';
import { PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import type { CueTable } from './cue-table.js';
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

/** A cue that was found. */
export interface CueHit {
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

/** A single word of another language than the document's is a coincidence more often than not (French `police`). */
const FOREIGN_WORD = 0.25;

/** Words in a document of ordinary length: two pages. */
const ORDINARY_WORDS = 600;

/** Scores every document type of the knowledge at once, in one pass over the text. */
export class TypeScorer {
  private readonly matcher: PhraseMatcher;

  constructor(
    private readonly knowledge: CompiledKnowledge,
    private readonly weights: EvidenceWeights,
    private readonly statistics: LayoutStatistics,
    private readonly cues: CueTable,
  ) {
    this.matcher = new PhraseMatcher(cues.phrases);
  }

  /** One score per type, in the order of the knowledge. */
  score(pages: readonly TokenisedPage[], facts: DocumentFacts, language: string): TypeScore[] {
    const words = pages.reduce((sum, page) => sum + page.tokens.words.length, 0);
    const shortening = 1 / (1 + this.weights.length * Math.log1p(words / ORDINARY_WORDS));
    const totals = new Float64Array(this.knowledge.types.length);
    const hits = this.knowledge.types.map((): CueHit[] => []);
    for (const [index, count] of this.countCues(pages)) {
      const type = this.cues.types[index] as number;
      const weight =
        this.weightIn(index, language) * occurrenceWeight(count, this.weights.saturation, this.weights.head);
      totals[type] = (totals[type] as number) + weight * shortening;
      if (weight > 0) hits[type]?.push({ place: count.first, weight });
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
    const { firstCue, cueOf, types } = this.cues;
    const counts = new Map<number, PhraseCount>();
    const coveredTo = new Int32Array(this.knowledge.types.length).fill(-1);
    let current: TokenisedPage | undefined;
    locatePhrases(this.matcher, pages, (phrase, page, firstToken, lastToken) => {
      if (page !== current) coveredTo.fill(-1);
      current = page;
      for (let at = firstCue[phrase] as number; at < (firstCue[phrase + 1] as number); at++) {
        const index = cueOf[at] as number;
        const type = types[index] as number;
        if (lastToken <= (coveredTo[type] as number)) continue;
        coveredTo[type] = lastToken;
        const known = counts.get(index);
        const count = countPlace(known, page, firstToken, lastToken);
        if (!known) counts.set(index, count);
      }
    });
    return counts;
  }

  private weightIn(cue: number, language: string): number {
    const { weights, bindings, languages } = this.cues;
    const weight = weights[cue] as number;
    const binding = bindings[cue] as number;
    return binding !== 0 && !languages[binding]?.includes(language) ? weight * FOREIGN_WORD : weight;
  }

  private layoutScore(type: CompiledType, facts: DocumentFacts): number {
    const sum = type.layout.reduce((total, cue) => total + this.statistics.logLikelihoodRatio(cue, facts), 0);
    return this.weights.layout * sum;
  }
}

function comparePlaces(one: PhrasePlace, other: PhrasePlace): number {
  return one.page.page - other.page.page || one.firstToken - other.firstToken || one.lastToken - other.lastToken;
}
