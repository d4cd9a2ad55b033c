import { expect, it } from 'vitest';
import type { ScorerConfiguration } from './configurations.js';
import type { Measurement } from './measurement.js';
import { summarise } from './outcome.js';
import { compareWithTargets, differencesOf } from './targets.js';

function measurement(
  scorer: ScorerConfiguration['scorer'],
  knowledge: boolean,
  right: Readonly<Record<string, number>>,
): Measurement {
  const sets = Object.entries(right).map(([set, credits]) => {
    const outcomes = Array.from({ length: 100 }, (_, index) => {
      return { expected: 'a', credit: index < credits ? 1 : 0, answered: null };
    });
    return [set, summarise(outcomes)] as const;
  });
  return { configuration: { name: scorer, scorer }, knowledge, sets: new Map(sets) };
}

const evidence = [true, false].map((on) => measurement('evidence', on, { documents: 70, 'ag_news.plain': 40 }));
const similarity = [true, false].map((on) => measurement('static', on, { documents: 66, 'ag_news.plain': 75 }));

function metOf(fused: readonly Measurement[]): Record<string, boolean> {
  const targets = compareWithTargets([...evidence, ...similarity, ...fused]);
  return Object.fromEntries(targets.map(({ name, met }) => [name, met]));
}

it('tells targets that are reached from those that are not', () => {
  const fused = [true, false].map((on) => measurement('auto', on, { documents: 80, 'ag_news.plain': 60 }));
  expect(metOf(fused)).toEqual({
    'static alone, documents': true,
    'fused, documents, knowledge off': true,
    'static alone, AG News, plain': false,
    'fused is on no set worse than evidence': true,
    'fused is better than evidence: documents, knowledge off': true,
    'fused is better than evidence: mean of the text sets, knowledge on': true,
    'fused is better than evidence: mean of the text sets, knowledge off': true,
  });
});

it('allows the fused scorer to lose two documents of a hundred, not three', () => {
  const losing = (documents: number) => [
    measurement('auto', true, { documents, 'ag_news.plain': 60 }),
    measurement('auto', false, { documents: 80, 'ag_news.plain': 60 }),
  ];
  expect(metOf(losing(68))['fused is on no set worse than evidence']).toBe(true);
  expect(metOf(losing(67))['fused is on no set worse than evidence']).toBe(false);
});

it('says nothing of scorers that were not measured', () => {
  expect(compareWithTargets(evidence)).toEqual([]);
  expect(differencesOf(evidence, true)).toEqual([]);
});
