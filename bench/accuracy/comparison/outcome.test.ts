import { describe, expect, it } from 'vitest';
import { asConfidence } from '../../../packages/core/src/decision/confidence.js';
import type { Candidate, Decision } from '../../../packages/core/src/decision/decide.js';
import { rawScore } from '../../../packages/core/src/scoring/scorer.js';
import { outcomeOf, summarise } from './outcome.js';

function decision(scores: Readonly<Record<string, number>>, type: string | null): Decision {
  const candidates = Object.entries(scores).map(([label, value], rule): Candidate => {
    const score = { value, shown: { raw: rawScore(value), evidence: [] } };
    const features = { score: value, rival: undefined, background: undefined };
    return { type: label, rule, score, features, confidence: asConfidence(0.5) };
  });
  return { type, confidence: asConfidence(0.5), floor: asConfidence(0), margin: asConfidence(0), candidates };
}

describe('outcomeOf', () => {
  it('credits the label with the best score, whatever was answered', () => {
    expect(outcomeOf(decision({ a: 1, b: 2 }, null), 'b')).toEqual({ expected: 'b', credit: 1, answered: null });
    expect(outcomeOf(decision({ a: 1, b: 2 }, 'b'), 'a').credit).toBe(0);
  });

  it('shares the credit of a tie, so that the alphabet wins nothing', () => {
    expect(outcomeOf(decision({ a: 0, b: 0, c: -1 }, 'a'), 'a').credit).toBe(0.5);
    expect(outcomeOf(decision({ a: 0, b: 0, c: -1 }, 'a'), 'c').credit).toBe(0);
  });
});

describe('summarise', () => {
  const summary = summarise([
    { expected: 'a', credit: 1, answered: 'a' },
    { expected: 'a', credit: 1, answered: null },
    { expected: 'a', credit: 0, answered: 'b' },
    { expected: 'b', credit: 0.5, answered: 'b' },
    { expected: null, credit: 0, answered: null },
    { expected: null, credit: 0, answered: 'a' },
  ]);

  it('leaves documents of no label out of the accuracy', () => {
    expect(summary).toMatchObject({ labelled: 4, accuracy: 0.625 });
    expect(summary.macro).toBeCloseTo((2 / 3 + 0.5) / 2);
  });

  it('counts nulls as answered', () => {
    expect(summary.answered).toMatchObject({ right: 2, total: 4 });
    expect(summary.falseNulls).toMatchObject({ right: 1, total: 4 });
    expect(summary.nullRecall).toMatchObject({ right: 1, total: 2 });
  });
});
