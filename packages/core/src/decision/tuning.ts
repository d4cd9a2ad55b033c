import { DocketError } from '../errors.js';

/** What a decision was tuned for: it is right for nothing else. */
export interface TunedFor {
  /** Hash of the rule set: `RuleSet.identity`. */
  readonly rules: string;
  /** `Engine.identity` */
  readonly engine: string;
}

/** Platt's calibration (1999) of a confidence that is one already: `logit(p) * slope + intercept`. */
export interface Recalibration {
  /** Above 0, so that the order stays. */
  readonly slope: number;
  readonly intercept: number;
}

/** Thresholds of a rule file; what is absent is the engine's. */
export interface DecisionOverrides {
  readonly floor?: number | undefined;
  readonly margin?: number | undefined;
  /** A floor of its own for a label. */
  readonly thresholds?: Readonly<Record<string, number>> | undefined;
  /** What confidences become before thresholds look at them. */
  readonly calibration?: Recalibration | undefined;
  readonly tunedFor?: TunedFor | undefined;
  /** The file that they stand in, for explanations. */
  readonly file?: string | undefined;
}

/**
 * Refuses a tuning of other rules or another engine, whose confidences mean something else.
 * @param used What is about to be used; without an engine only the rules are looked at
 * @throws DocketError `request.stale_tuning`
 */
export function assertTunedFor(
  { tunedFor, file = 'the rule file' }: DecisionOverrides,
  used: { readonly rules: string; readonly engine?: string },
): void {
  if (!tunedFor) return;
  const advice = 'run docket bench tune again, or take its decision out';
  if (tunedFor.rules !== used.rules) {
    const message = `${file} was tuned for other rules (${tunedFor.rules}, these are ${used.rules}); ${advice}`;
    throw new DocketError('request.stale_tuning', message, { data: { file, tunedFor, used } });
  }
  if (used.engine === undefined || tunedFor.engine === used.engine) return;
  const message = `${file} was tuned with another engine, ${tunedFor.engine}; this is ${used.engine}; ${advice}`;
  throw new DocketError('request.stale_tuning', message, { data: { file, tunedFor, used } });
}

/** Confidences this near to 0 and 1 are taken for the same. */
const NEAREST = 1e-6;

/** A confidence as a tuning sees it: rises with the confidence. */
export function recalibrate(confidence: number, { slope, intercept }: Recalibration): number {
  return 1 / (1 + Math.exp(-(slope * logitOf(confidence) + intercept)));
}

/** The logarithm of the odds of a probability, finite for 0 and 1 too. */
export function logitOf(probability: number): number {
  const inside = Math.min(1 - NEAREST, Math.max(NEAREST, probability));
  return Math.log(inside / (1 - inside));
}
