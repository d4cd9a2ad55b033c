import type { Page } from './page.js';

/** A stretch of one page, as long as a model likes to read at once. */
export interface Passage {
  /** 1-based. */
  readonly page: number;
  /** UTF-16 offsets into the page's text. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** A character of a script without blanks is a token of its own: it counts as much as a short word. */
const DENSE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;
const DENSE_COST = 4;

/** Where a passage may end, best first: behind a paragraph, a line, a sentence, a word. */
const BREAKS = [/\n\s*\n/g, /\n/g, /[.!?。！？]["')\]]?\s/g, /\s/g];

/** A break in the first part of a passage would leave the passage too short. */
const EARLIEST_BREAK = 0.6;

/**
 * Cuts the pages of a document into passages, each within one page, ending at a paragraph, line, sentence or word where
 * there is one.
 * @param characters longest passage; a character of a script without blanks counts as four
 */
export function cutPassages(pages: readonly Page[], characters: number): Passage[] {
  return pages.flatMap(({ number, text }) => {
    const passages: Passage[] = [];
    for (let start = 0; start < text.length; ) {
      const end = passageEnd(text, start, characters);
      const passage = text.slice(start, end).trim();
      if (passage !== '') {
        const from = start + text.slice(start, end).indexOf(passage);
        passages.push({ page: number, start: from, end: from + passage.length, text: passage });
      }
      start = end;
    }
    return passages;
  });
}

function passageEnd(text: string, start: number, characters: number): number {
  const furthest = reach(text, start, characters);
  if (furthest === text.length) return furthest;
  const earliest = start + Math.floor((furthest - start) * EARLIEST_BREAK);
  const window = text.slice(earliest, furthest);
  for (const pattern of BREAKS) {
    const last = [...window.matchAll(pattern)].at(-1);
    if (last) return earliest + last.index + last[0].length;
  }
  return furthest;
}

/** How far so many characters lead, without parting a surrogate pair. */
function reach(text: string, start: number, characters: number): number {
  if (!DENSE.test(text.slice(start, start + characters))) return evenEnd(text, start + characters);
  let cost = 0;
  let end = start;
  for (const character of text.slice(start, start + characters)) {
    cost += DENSE.test(character) ? DENSE_COST : 1;
    if (cost > characters) break;
    end += character.length;
  }
  return evenEnd(text, Math.max(end, start + 1));
}

function evenEnd(text: string, end: number): number {
  if (end >= text.length) return text.length;
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(end - 1));
  return isPair ? end + 1 : end;
}
