import { describe, expect, it } from 'vitest';
import { hypothesisOf } from './hypothesis.js';

describe('hypothesisOf', () => {
  it.each([
    ['invoice', 'A bill with a total due.', 'This document is a bill with a total due (invoice).'],
    ['purchaseOrder', 'An order. It has a number.', 'This document is an order (purchase order).'],
    ['sports', 'Text about sports.', 'This document is about sports: Text about sports.'],
    ['bill', 'A bill, not a receipt. More.', 'This document is a bill (bill).'],
    ['x', 'not a receipt', 'This document is about x.'],
  ])('%s, %s', (type, description, hypothesis) => {
    expect(hypothesisOf({ type, description })).toBe(hypothesis);
  });

  it('stays short', () => {
    const description = `A ${'very '.repeat(100)}long letter`;
    expect(hypothesisOf({ type: 'letter', description }).split(' ').length).toBeLessThan(50);
  });
});
