import { describe, expect, it } from 'vitest';
import { CharacterBudget, withinCharacterLimit } from './character-budget.js';

const limits = {
  maxBytes: 1000,
  maxPages: 10,
  maxCharacters: 10,
  openMs: 1000,
  pageMs: 1000,
  ocrPageMs: 1000,
  maxMs: 1000,
};

describe('CharacterBudget', () => {
  it('counts over all pages, and a page that is read again once', () => {
    const budget = new CharacterBudget(limits);
    budget.startPage(1);
    budget.spend(6);
    budget.startPage(1);
    budget.spend(6);
    budget.startPage(2);
    budget.spend(4);
    expect(() => budget.spend(1)).toThrow(expect.objectContaining({ code: 'document.too_large' }));
  });
});

describe('assertDecodable', () => {
  it('lets bytes pass that may be text within the limit in some encoding, and no more', () => {
    const budget = new CharacterBudget(limits);
    budget.assertDecodable(40);
    expect(() => budget.assertDecodable(41)).toThrow(expect.objectContaining({ code: 'document.too_large' }));
  });
});

describe('withinCharacterLimit', () => {
  it('lets text of just the limit pass', () => {
    expect(withinCharacterLimit('0123456789', limits)).toBe('0123456789');
  });

  it('names the limit and the configuration key', () => {
    expect(() => withinCharacterLimit('0123456789a', limits)).toThrow(/more than 10 .*limits\.maxCharacters/);
  });
});
