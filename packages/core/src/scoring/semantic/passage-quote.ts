import type { Passage } from '../../pages/passages.js';
import type { Evidence } from '../scorer.js';

/** Longest quote of a passage, in characters. */
const MOST_CHARACTERS = 80;

/** The beginning of a passage, as evidence for a rule that it is near to. */
export function passageQuote({ page, start, text }: Passage, weight: number): Evidence {
  const words = /^[\s\S]{0,80}(?=\s|$)/u.exec(text)?.[0].trimEnd();
  const quoted = words ? words : [...text.slice(0, MOST_CHARACTERS)].slice(0, -1).join('');
  return { kind: 'passage', page, start, end: start + quoted.length, quote: quoted.replace(/\s+/g, ' '), weight };
}
