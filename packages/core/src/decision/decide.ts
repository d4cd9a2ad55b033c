import type { Rule } from '../rules/rule-set.js';
import type { EngineCalibration } from './calibration.js';
import { asConfidence, type Confidence, type ConfidenceFeatures, confidenceOf } from './confidence.js';
import type { FusedScore, FusedSheet } from './fuse-scores.js';
import { discount } from './text-certainty.js';
import { type DecisionOverrides, type Recalibration, recalibrate } from './tuning.js';

/** A label with how sure it is. */
export interface RankedLabel {
  readonly type: string;
  readonly confidence: Confidence;
}

/** A label with what it rests on. */
export interface Candidate extends RankedLabel {
  /** Index into the rules. */
  readonly rule: number;
  readonly score: FusedScore;
  /** What the confidence was calculated from. */
  readonly features: ConfidenceFeatures;
}

/** Why no label was given. */
export type Rejection = 'under_floor' | 'within_margin';

/** What was decided of a document. */
export interface Decision {
  /** The best label, or null. */
  readonly type: string | null;
  readonly confidence: Confidence;
  readonly rejection?: Rejection;
  /** The floor that held for the best label. */
  readonly floor: Confidence;
  readonly margin: Confidence;
  /** One per label, best first, equal ones by code point. */
  readonly candidates: readonly Candidate[];
  /** The document type that no rule asks for and that fits best. */
  readonly background?: { readonly id: string; readonly score: FusedScore };
}

/** What the best label must reach to be answered. */
export interface Thresholds {
  /** Confidence under which no label is given. */
  readonly floor: number;
  /** Lead over the next label under which no label is given. */
  readonly margin: number;
  /** A floor of its own for a label. */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
}

/** What {@link judge} says of a ranking. */
export interface Judgement {
  readonly type: string | null;
  readonly rejection?: Rejection;
  /** The floor that held for the best label. */
  readonly floor: Confidence;
}

/** What a decision is made from. */
export interface DecisionInput {
  readonly rules: readonly Rule[];
  readonly sheet: FusedSheet;
  /** For each rule, the ids of the document types that it speaks of. */
  readonly askedFor: readonly ReadonlySet<string>[];
  readonly calibration: EngineCalibration;
  readonly overrides?: DecisionOverrides | undefined;
  /** How sure it is that the text is what stands on the pages, 0 to 1: see `textCertainty`. @default 1 */
  readonly certainty?: number | undefined;
}

/** Confidences are given with so many decimals. */
const DECIMALS = 6;

/** Ranks the labels and decides whether the best of them is good enough. Pure; the order of the rules does not matter. */
export function decide({
  rules,
  sheet,
  askedFor,
  calibration,
  overrides = {},
  certainty = 1,
}: DecisionInput): Decision {
  const labels = bestRulePerLabel(rules, sheet);
  const background = bestBackground(sheet, askedFor);
  const candidates = labels
    .map(({ type, rule, score }): Candidate => {
      const rivals = labels.filter((other) => other.type !== type).map((other) => other.score.value);
      const features = {
        score: score.value,
        rival: rivals.length > 0 ? Math.max(...rivals) : undefined,
        background: background?.score.value,
      };
      const own = confidenceOf(features, calibration.confidence);
      const confidence = certainty < 1 ? discount(own, calibration.floor, certainty) : own;
      return { type, rule, score, features, confidence: round(confidence) };
    })
    .sort((one, other) => other.confidence - one.confidence || compare(one, other));
  const ranking = tuned(candidates, overrides.calibration);
  const floor = overrides.floor ?? calibration.floor;
  const margin = asConfidence(overrides.margin ?? calibration.margin);
  const judgement = judge(ranking, { floor, margin, thresholds: overrides.thresholds });
  return {
    ...judgement,
    confidence: (ranking[0] as Candidate).confidence,
    margin,
    candidates: ranking,
    ...(background ? { background } : {}),
  };
}

/** A ranking with confidences as a tuning sees them, in the same order. */
export function tuned<Label extends RankedLabel>(
  ranking: readonly Label[],
  calibration: Recalibration | undefined,
): Label[] {
  if (!calibration) return [...ranking];
  return ranking.map((label) => ({ ...label, confidence: round(recalibrate(label.confidence, calibration)) }));
}

/** Whether the best label of a ranking is good enough. Pure: the same for an engine and for who replays its answers. */
export function judge(
  [best, next]: readonly Pick<RankedLabel, 'type' | 'confidence'>[],
  { floor, margin, thresholds = {} }: Thresholds,
): Judgement {
  const own = best && Object.hasOwn(thresholds, best.type) ? thresholds[best.type] : undefined;
  const held = asConfidence(own ?? floor);
  if (!best || best.confidence < held) return { type: null, rejection: 'under_floor', floor: held };
  if (next && best.confidence - next.confidence < margin) {
    return { type: null, rejection: 'within_margin', floor: held };
  }
  return { type: best.type, floor: held };
}

function bestRulePerLabel(rules: readonly Rule[], sheet: FusedSheet) {
  const labels = new Map<string, { type: string; rule: number; score: FusedScore }>();
  const descriptionOf = (rule: number) => rules[rule]?.description ?? '';
  rules.forEach(({ type }, rule) => {
    const score = sheet.rules[rule];
    const known = labels.get(type);
    if (!score) return;
    const wins = !known || score.value > known.score.value;
    const ties = known?.score.value === score.value && descriptionOf(rule) < descriptionOf(known.rule);
    if (wins || ties) labels.set(type, { type, rule, score });
  });
  return [...labels.values()];
}

/** The best of the document types that none of some rules speak of. */
function bestBackground(sheet: FusedSheet, askedFor: readonly ReadonlySet<string>[]) {
  let best: { id: string; score: FusedScore } | undefined;
  for (const [id, score] of sheet.background) {
    if (best && score.value <= best.score.value) continue;
    if (!askedFor.some((types) => types.has(id))) best = { id, score };
  }
  return best;
}

function compare(one: RankedLabel, other: RankedLabel): number {
  const [first, second] = [[...one.type], [...other.type]];
  for (let index = 0; index < Math.min(first.length, second.length); index++) {
    const difference = (first[index]?.codePointAt(0) ?? 0) - (second[index]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return first.length - second.length;
}

function round(confidence: number): Confidence {
  return asConfidence(Number(confidence.toFixed(DECIMALS)));
}
