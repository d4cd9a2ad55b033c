import { judge, type Thresholds } from '@docket/core';
import type { Observation } from './tuning.js';

/** How documents were answered. */
export interface Counts {
  readonly total: number;
  /** Right answers, null included. */
  readonly right: number;
  /** Documents that got a label. */
  readonly answered: number;
  readonly answeredRight: number;
}

/** What thresholds are chosen for: the more the better. */
export type Objective = (counts: Counts) => number;

/** The share of right answers, null included. */
export const accuracy: Objective = ({ right, total }) => right / Math.max(1, total);

/**
 * The share of documents that get a label, as long as so many of the labels are right, with one more wrong one than there
 * was: what was seen on few documents vouches for little. Where they are not, giving no label at all is better.
 */
export function labelledAtPrecision(precision: number): Objective {
  return ({ answered, answeredRight, total }) => {
    if (answered === 0) return 0;
    const vouched = answeredRight / (answered + 1);
    return vouched >= precision ? answered / total : vouched - 1;
  };
}

/** What a decision with these thresholds makes of documents. */
export function countAnswers(observations: readonly Observation[], thresholds: Thresholds): Counts {
  let [right, answered, answeredRight] = [0, 0, 0];
  for (const { expected, ranking } of observations) {
    const { type } = judge(ranking, thresholds);
    if (type === expected) right++;
    if (type === null) continue;
    answered++;
    if (type === expected) answeredRight++;
  }
  return { total: observations.length, right, answered, answeredRight };
}

/** Counts of documents taken together. */
export function addCounts(one: Counts, other: Counts): Counts {
  return {
    total: one.total + other.total,
    right: one.right + other.right,
    answered: one.answered + other.answered,
    answeredRight: one.answeredRight + other.answeredRight,
  };
}
