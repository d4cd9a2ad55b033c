import { expect, it } from 'vitest';
import { pickColumn, pickRows } from './published.js';

const rows = [
  ['mdl', 'imdb', 'agnews', 'banking77'],
  ['tiny', '.9', '.1', '.1'],
  ['all-MiniLM-L6-v2', '.1', '.5', '.44'],
  ['huge', '.1', '.85', '.4'],
  ['bge-base-en-v1.5', '.1', '.65', '.64'],
];

it('shows the chosen models and the best of each set', () => {
  expect(pickRows(rows)).toEqual([
    { model: 'all-MiniLM-L6-v2', accuracy: { ag_news: 0.5, banking77: 0.44 } },
    { model: 'huge (best of its list)', accuracy: { ag_news: 0.85, banking77: 0.4 } },
    { model: 'bge-base-en-v1.5 (best of its list)', accuracy: { ag_news: 0.65, banking77: 0.64 } },
  ]);
});

it('reads tables the other way round, with gaps', () => {
  const table = [
    ['', 'other', 'deberta-v3-base-zeroshot-v1.1-heldout'],
    ['agnews (4)', '.7', '.8'],
    ['banking77 (72)', '.1', ''],
  ];
  expect(pickColumn(table)).toEqual([{ model: 'deberta-v3-base-zeroshot-v1.1-heldout', accuracy: { ag_news: 0.8 } }]);
  expect(pickColumn([['', 'other']])).toEqual([]);
});
