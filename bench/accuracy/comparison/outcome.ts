import type { Decision } from '../../../packages/core/src/decision/decide.js';
import { type Share, shareOf } from '../metrics.js';

/** What became of one document or text. */
export interface Outcome {
  /** The right label; null: none of the rules. */
  readonly expected: string | null;
  /** 1 when the right label has the best score, 1/n when it shares it with others, else 0. */
  readonly credit: number;
  /** The answer, null included. */
  readonly answered: string | null;
}

/** What the outcomes of a set come to. */
export interface Summary {
  /** Documents of a label whose label has the best score, whatever the floor. */
  readonly accuracy: number;
  /** The same, the mean over labels. */
  readonly macro: number;
  /** Documents of a label. */
  readonly labelled: number;
  /** Documents of a label that were answered with it. */
  readonly answered: Share;
  /** Documents of a label that were answered null. */
  readonly falseNulls: Share;
  /** Documents of no label that were answered null. */
  readonly nullRecall: Share;
}

/** A tie says nothing: the order of the alphabet, which breaks it in answers, must not decide what a scorer is worth. */
export function outcomeOf({ candidates, type }: Decision, expected: string | null): Outcome {
  const best = Math.max(...candidates.map(({ score }) => score.value));
  const tied = candidates.filter(({ score }) => score.value === best);
  const isAmong = tied.some((candidate) => candidate.type === expected);
  return { expected, credit: isAmong ? 1 / tied.length : 0, answered: type };
}

/** Sums up outcomes. */
export function summarise(outcomes: readonly Outcome[]): Summary {
  const labelled = outcomes.filter(({ expected }) => expected !== null);
  const others = outcomes.filter(({ expected }) => expected === null);
  const labels = [...new Set(labelled.map(({ expected }) => expected))];
  const perLabel = labels.map((label) => meanCredit(labelled.filter(({ expected }) => expected === label)));
  const share = (of: readonly Outcome[], holds: (outcome: Outcome) => boolean) =>
    shareOf(of.filter(holds).length, of.length);
  return {
    accuracy: meanCredit(labelled),
    macro: perLabel.reduce((sum, credit) => sum + credit, 0) / Math.max(1, perLabel.length),
    labelled: labelled.length,
    answered: share(labelled, ({ expected, answered }) => expected === answered),
    falseNulls: share(labelled, ({ answered }) => answered === null),
    nullRecall: share(others, ({ answered }) => answered === null),
  };
}

function meanCredit(outcomes: readonly Outcome[]): number {
  return outcomes.reduce((sum, { credit }) => sum + credit, 0) / Math.max(1, outcomes.length);
}
