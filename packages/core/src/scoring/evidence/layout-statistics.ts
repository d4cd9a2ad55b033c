import type { LayoutCue, NumericFeature } from '../../knowledge/document-type.js';
import { type DocumentFacts, layoutHolds } from './document-facts.js';

/** How layout features are spread over ordinary documents: what a range says depends on how many fall into it anyway. */
export interface LayoutQuantiles {
  /** For each numeric feature, its value at equally spaced quantiles from 0 to 1. */
  readonly numbers: Readonly<Partial<Record<NumericFeature, readonly number[]>>>;
  /** Share of documents by format and by orientation. */
  readonly shares: Readonly<Record<string, number>>;
}

/** How often a cue holds for a document of its type. */
const HOLDS: Readonly<Record<LayoutCue['weight'], number>> = { strong: 0.9, weak: 0.8, against: 0.08 };

const RAREST = 0.02;
const MOST = 2.5;

/** Turns layout cues into log-likelihood ratios. */
export class LayoutStatistics {
  private readonly usualShares = new WeakMap<LayoutCue, number>();

  constructor(private readonly quantiles: LayoutQuantiles) {}

  /** What a cue says of a document: above 0 for the type, below against it, within +-2.5. */
  logLikelihoodRatio(cue: LayoutCue, facts: DocumentFacts): number {
    const ofType = HOLDS[cue.weight];
    const usual = this.usualShare(cue);
    const holds = layoutHolds(cue, facts);
    const ratio = holds ? Math.log(ofType / usual) : Math.log((1 - ofType) / (1 - usual));
    // Papers of any type come as PDF or text: another format than the typical one says nothing.
    if (!holds && (cue.feature === 'format' || facts.orientation === undefined) && cue.weight !== 'against') {
      if (cue.feature === 'format' || cue.feature === 'orientation') return 0;
    }
    return Math.max(-MOST, Math.min(MOST, ratio));
  }

  /** Share of ordinary documents for which a cue holds, never quite none or all of them. */
  private usualShare(cue: LayoutCue): number {
    const known = this.usualShares.get(cue);
    if (known !== undefined) return known;
    const share = Math.min(1 - RAREST, Math.max(RAREST, this.countShare(cue)));
    this.usualShares.set(cue, share);
    return share;
  }

  private countShare(cue: LayoutCue): number {
    if (cue.feature === 'format' || cue.feature === 'orientation') {
      return cue.in.reduce((sum, value) => sum + (this.quantiles.shares[value] ?? 0), 0);
    }
    const values = this.quantiles.numbers[cue.feature];
    if (!values || values.length === 0) return 0.5;
    const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = cue;
    return values.filter((value) => value >= min && value <= max).length / values.length;
  }
}
