import { describe, expect, it } from 'vitest';
import { NO_KNOWLEDGE } from '../../knowledge/compiled-knowledge.js';
import { cutPassages } from '../../pages/passages.js';
import { makeKnowledge } from '../../testing/make-knowledge.js';
import { textPage } from '../../testing/make-record.js';
import { PassageChooser } from './choose-passages.js';

const pages = Array.from({ length: 40 }, (_, index) => textPage(`This is passage ${index + 1} of many.`, index + 1));
const numbers = (chosen: readonly { readonly page: number }[]) => chosen.map(({ page }) => page);

describe('PassageChooser', () => {
  it('takes all of a short document', () => {
    const passages = cutPassages(pages.slice(0, 8), 100);
    expect(new PassageChooser(NO_KNOWLEDGE).choose(passages, 8, pages)).toBe(passages);
  });

  it('takes the front and an even spread of a long one, in reading order', () => {
    const chosen = new PassageChooser(NO_KNOWLEDGE).choose(cutPassages(pages, 100), 8, pages);
    expect(numbers(chosen)).toEqual([1, 2, 3, 4, 9, 18, 27, 36]);
  });

  it('takes those with cues', () => {
    const marked = [...pages.slice(0, 30), textPage('Please remit payment. Net 30 days.', 31), ...pages.slice(31)];
    const knowledge = makeKnowledge({ types: [{ id: 'invoice', strong: ['remit payment', 'net 30'] }] });
    const chosen = new PassageChooser(knowledge).choose(cutPassages(marked, 100), 8, marked);
    expect(numbers(chosen)).toContain(31);
    expect(chosen).toHaveLength(8);
  });
});
