import { describe, expect, it } from 'vitest';
import { passageQuote } from './passage-quote.js';

const quoteOf = (text: string) => passageQuote({ page: 2, start: 10, end: 10 + text.length, text }, 0.5);

describe('passageQuote', () => {
  it('is a short passage whole, with its place', () => {
    expect(quoteOf('Minutes of\nthe meeting')).toEqual({
      kind: 'passage',
      page: 2,
      start: 10,
      end: 32,
      quote: 'Minutes of the meeting',
      weight: 0.5,
    });
  });

  it('ends behind a word', () => {
    const { quote, start, end } = quoteOf('All members of the board were present '.repeat(5));
    expect(quote).toBe('All members of the board were present All members of the board were present All');
    expect(end - start).toBe(quote.length);
  });

  it('cuts a text without blanks, and no character in two', () => {
    const { quote } = quoteOf('𝒶'.repeat(100));
    expect([...quote]).toHaveLength(39);
    expect(quote.isWellFormed()).toBe(true);
  });
});
