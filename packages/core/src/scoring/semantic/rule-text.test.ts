import { describe, expect, it } from 'vitest';
import { ruleText } from './rule-text.js';

describe('ruleText', () => {
  it.each([
    ['invoice', 'A bill for goods or services', 'invoice: A bill for goods or services'],
    ['invoice', 'An invoice for goods', 'An invoice for goods'],
    ['bank_statement', 'Lists the transactions of an account', 'bank statement: Lists the transactions of an account'],
  ])('%s: %s', (type, description, text) => {
    expect(ruleText({ type, description })).toBe(text);
  });

  it('leaves out what the rule is not', () => {
    expect(ruleText({ type: 'invoice', description: 'An invoice, not a receipt' })).not.toContain('receipt');
  });
});
