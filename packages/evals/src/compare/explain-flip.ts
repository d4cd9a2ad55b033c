import type { ClassifiedResult, DocumentResult } from '../results/document-result.js';

/** Confidences that differ by less are called the same. */
const SAME = 0.005;

/** Why an answer changed, in one line, from the rankings and errors of both runs. */
export function explainFlip(before: DocumentResult, after: DocumentResult): string {
  if (after.status === 'failed') return `it failed: ${after.code}`;
  if (before.status === 'failed') return `it failed before: ${before.code}; now ${answerOf(after)}`;
  if (before.expected !== after.expected) {
    return `the right answer was ${name(before.expected)} and is ${name(after.expected)}`;
  }
  const [was, is] = [before.ranking[0], after.ranking[0]];
  if (was === undefined || is === undefined) return `${answerOf(before)} before, ${answerOf(after)} now`;
  if (was.type !== is.type) {
    const [own, rival] = [confidenceOf(after, was.type), is.confidence];
    if (own === undefined) return `no rule is called ${was.type} any more; now ${answerOf(after)}`;
    const isNew = confidenceOf(before, is.type) === undefined;
    const how = isNew ? `the new rule ${is.type} is ahead of` : `${is.type} overtook`;
    return `${how} ${was.type}: ${show(rival)} against ${show(own)}${after.answered === null ? ', and is not answered' : ''}`;
  }
  const moved = movement(is.type, was.confidence, is.confidence);
  if (after.answered === null) return `${moved}, and is not answered any more`;
  if (before.answered === null) return `${moved}, and is answered now`;
  return moved;
}

function movement(type: string, before: number, after: number): string {
  if (Math.abs(after - before) < SAME) return `the confidence of ${type} stayed ${show(after)}`;
  return `the confidence of ${type} ${after > before ? 'rose' : 'fell'} from ${show(before)} to ${show(after)}`;
}

function confidenceOf({ ranking }: ClassifiedResult, type: string): number | undefined {
  return ranking.find((label) => label.type === type)?.confidence;
}

function answerOf({ answered, confidence }: ClassifiedResult): string {
  return `${name(answered)} (${show(confidence)})`;
}

function name(label: string | null): string {
  return label ?? 'null';
}

function show(confidence: number): string {
  return confidence.toFixed(2);
}
