import type { SourceItem } from '../../document-reader.js';
import { tooManyCharacters } from '../../limits.js';
import { damagedPage } from '../pdf-errors.js';
import { readFrame } from './page-frame.js';
import type { PdfiumPage } from './pdfium-document.js';
import type { PdfiumExports } from './pdfium-exports.js';
import { allocate } from './pdfium-memory.js';
import { RECTANGLE_BYTES, RECTANGLE_NUMBERS } from './rectangle.js';
import { TextItems } from './text-items.js';

/** PDFium's mark for a hyphen at the end of a line; it leaves out the break behind it. */
const LINE_END_HYPHEN = 0x02;

/**
 * The text of a page in the order in which it was written, with the blanks and line breaks that PDFium sees between its
 * letters. Each item is a few words of one line.
 * @throws DocketError `document.too_large` over the limit of characters, `document.corrupt`
 */
export function readPageText(open: PdfiumPage, maxCharacters: number): readonly SourceItem[] {
  const { exports: pdfium, page, number } = open;
  const textPage = pdfium.FPDFText_LoadPage(page);
  if (textPage === 0) throw damagedPage(number, 'PDFium finds no text in it');
  const rectangle = allocate(pdfium, RECTANGLE_BYTES);
  const count = Math.max(0, pdfium.FPDFText_CountChars(textPage));
  const items = new TextItems(count, readFrame(open, rectangle));
  addLetters(items, { pdfium, textPage, rectangle, count, maxCharacters });
  pdfium.free(rectangle);
  pdfium.FPDFText_ClosePage(textPage);
  if (items.length > maxCharacters) throw tooManyCharacters(maxCharacters);
  return items.finish();
}

interface Letters {
  readonly pdfium: PdfiumExports;
  readonly textPage: number;
  /** Where the place of a letter is written to. */
  readonly rectangle: number;
  readonly count: number;
  readonly maxCharacters: number;
}

/**
 * A function of its own: V8 optimises this loop while it runs for the first time, and what came behind it, never run by then,
 * would go back to the interpreter on every page.
 */
function addLetters(items: TextItems, { pdfium, textPage, rectangle, count, maxCharacters }: Letters): void {
  // Nothing below allocates, so the memory stays where it is.
  const box = new Float32Array(pdfium.memory.buffer, rectangle, RECTANGLE_NUMBERS);
  const { FPDFText_GetUnicode: unicodeOf, FPDFText_GetLooseCharBox: writeBox } = pdfium;
  for (let index = 0; index < count && items.length <= maxCharacters; index++) {
    const code = unicodeOf(textPage, index) >>> 0;
    if (code > 0x20 && code !== 0xa0) {
      writeBox(textPage, index, rectangle);
      items.letter(code, box);
    } else if (code === LINE_END_HYPHEN) {
      writeBox(textPage, index, rectangle);
      items.letter(0x2d, box);
      items.separate('\n');
    } else if (code === 0x0a) items.separate('\n');
    else if (code !== 0 && code !== 0x0d) items.separate(' ');
  }
}
