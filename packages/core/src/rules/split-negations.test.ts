import { expect, it } from 'vitest';
import { splitNegations } from './split-negations.js';

it.each([
  ['A bill. Not a receipt.', 'A bill. . .', ['Not a receipt']],
  ['A contract other than a lease, but signed', 'A contract . but signed', ['other than a lease, ']],
  ['Eine Rechnung, keine Quittung', 'Eine Rechnung, . ', ['keine Quittung']],
  ['A note about notaries', 'A note about notaries', []],
])('splits %j', (description, positive, negated) => {
  expect(splitNegations(description)).toEqual({ positive, negated });
});
