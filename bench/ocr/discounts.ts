import { groupFolds } from '@docket/evals';
import type { HeldOutAnswer } from './cross-validate-rendered.js';

/** A confidence in what OCR read, made of what it would be for text. */
export type Discount = (answer: HeldOutAnswer) => number;

const FOLDS = 5;

/** Nothing is taken off. */
export const noDiscount: Discount = ({ confidence }) => confidence;

/** What the engine does. */
export const rule: Discount = power(1);

/** `floor + (confidence - floor) x certainty ^ exponent`: the order of labels stays, and on which side of the floor they are. */
export function power(exponent: number): Discount {
  return ({ confidence, floor, certainty }) =>
    confidence <= floor ? confidence : floor + (confidence - floor) * certainty ** exponent;
}

/** Log-odds less so much for each point of uncertainty. */
export function shift(amount: number): Discount {
  return ({ confidence, certainty }) => {
    const sure = Math.min(1 - 1e-6, Math.max(1e-6, confidence));
    return 1 / (1 + Math.exp(-(Math.log(sure / (1 - sure)) - amount * (1 - certainty))));
  };
}

/** Mean negative log likelihood of whether the first label is right. */
export function lossOf(answers: readonly HeldOutAnswer[], discount: Discount): number {
  const losses = answers.map((answer) => {
    const promised = Math.min(0.9999, Math.max(0.0001, discount(answer)));
    return -Math.log(answer.first === answer.expected ? promised : 1 - promised);
  });
  return losses.reduce((sum, loss) => sum + loss, 0) / Math.max(1, losses.length);
}

/** The loss of a discount whose one number is fitted on the answers of other sources. */
export function heldOutLoss(
  answers: readonly HeldOutAnswer[],
  family: (value: number) => Discount,
  values: readonly number[],
): number {
  let total = 0;
  for (const held of groupFolds(answers, ({ group }) => group, FOLDS)) {
    const training = answers.filter((answer) => !held.includes(answer));
    const losses = values.map((value) => lossOf(training, family(value)));
    const best = values[losses.indexOf(Math.min(...losses))] ?? 1;
    total += lossOf(held, family(best)) * held.length;
  }
  return total / Math.max(1, answers.length);
}
