import { describe, expect, it } from 'vitest';
import { splitLabel } from './split-label.js';

describe('splitLabel', () => {
  it.each([
    ['invoice', ['invoice']],
    ['purchase_order', ['purchase order']],
    ['purchase-order', ['purchase order']],
    ['purchaseOrder', ['purchase Order']],
    ['finance.invoice', ['finance invoice']],
  ])('reads %s as words', (label, words) => {
    expect(splitLabel(label)).toEqual(words);
  });

  it.each([
    ['manual_or_datasheet', ['manual', 'datasheet']],
    ['Invoice / Receipt', ['Invoice', 'Receipt']],
    ['Invoice & Receipt', ['Invoice', 'Receipt']],
    ['Rechnung oder Quittung', ['Rechnung', 'Quittung']],
    ['letter, memo, or note', ['letter', 'memo', 'note']],
  ])('finds the alternatives of %s', (label, alternatives) => {
    expect(splitLabel(label)).toEqual(expect.arrayContaining(alternatives));
  });

  it('does not split words that hold an "or"', () => {
    expect(splitLabel('tutorial')).toEqual(['tutorial']);
    expect(splitLabel('order_form')).toEqual(['order form']);
  });
});
