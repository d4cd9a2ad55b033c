import { readFrame } from './page-frame.js';
import type { PdfiumPage } from './pdfium-document.js';
import { OBJECT_KINDS, type PdfiumExports, type Pointer } from './pdfium-exports.js';
import { allocate } from './pdfium-memory.js';
import { RECTANGLE_BYTES, RECTANGLE_NUMBERS } from './rectangle.js';

/** A page of more objects is a drawing, or made to stall. */
const MOST_OBJECTS = 20_000;

/** Forms inside forms. */
const MOST_DEPTH = 4;

/** Scans come in strips: parts are added up. */
interface Search {
  readonly pdfium: PdfiumExports;
  readonly rectangle: Pointer;
  readonly pageArea: number;
  share: number;
  left: number;
}

/** How much of a page pictures cover, 0 to 1: those that lie over each other count twice. */
export function readPictureShare(open: PdfiumPage): number {
  const { exports: pdfium, page } = open;
  const rectangle = allocate(pdfium, RECTANGLE_BYTES);
  const { left, top, right, bottom } = readFrame(open, rectangle);
  const pageArea = Math.max(1, Math.abs((right - left) * (top - bottom)));
  const search: Search = { pdfium, rectangle, pageArea, share: 0, left: MOST_OBJECTS };
  const count = pdfium.FPDFPage_CountObjects(page);
  for (let index = 0; index < count && search.left > 0; index++) {
    look(search, pdfium.FPDFPage_GetObject(page, index), MOST_DEPTH);
  }
  pdfium.free(rectangle);
  return Math.min(1, Math.round(search.share * 100) / 100);
}

function look(search: Search, object: Pointer, depth: number): void {
  const { pdfium, rectangle, pageArea } = search;
  search.left--;
  const kind = pdfium.FPDFPageObj_GetType(object);
  if (kind === OBJECT_KINDS.image) {
    if (pdfium.FPDFPageObj_GetBounds(object, rectangle, rectangle + 4, rectangle + 8, rectangle + 12) === 0) return;
    const [left = 0, bottom = 0, right = 0, top = 0] = new Float32Array(
      pdfium.memory.buffer,
      rectangle,
      RECTANGLE_NUMBERS,
    );
    search.share += Math.abs((right - left) * (top - bottom)) / pageArea;
  } else if (kind === OBJECT_KINDS.form && depth > 0) {
    // Where it stands on the page is left out: what a scan is wrapped in fills the page.
    const count = pdfium.FPDFFormObj_CountObjects(object);
    for (let index = 0; index < count && search.left > 0; index++) {
      look(search, pdfium.FPDFFormObj_GetObject(object, index), depth - 1);
    }
  }
}
