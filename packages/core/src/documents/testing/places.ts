import { expect } from 'vitest';
import type { Page } from '../../pages/page.js';
import { SourceMap, type SourceSpan } from '../../pages/source-map.js';

/** Where an occurrence of a quote stands. */
export function locate(page: Page, quote: string, occurrence = 0): readonly SourceSpan[] {
  let at = -1;
  for (let count = 0; count <= occurrence; count++) at = page.text.indexOf(quote, at + 1);
  expect(at, `${quote} on the page`).toBeGreaterThanOrEqual(0);
  return new SourceMap(page.sourceMap).locate(at, at + quote.length);
}

/** The box around a quote, however many items it is made of. */
export function boxOf(page: Page, quote: string, occurrence?: number) {
  const boxes = locate(page, quote, occurrence).flatMap(({ box }) => box ?? []);
  if (boxes.length === 0) throw new Error(`${quote} has no box`);
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, right, bottom, width: right - x, height: bottom - y };
}
