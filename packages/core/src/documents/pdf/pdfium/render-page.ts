import { type PageImage, type RenderOptions, scaleToPixels } from '../../page-image.js';
import { damagedPage } from '../pdf-errors.js';
import type { PdfiumPage } from './pdfium-document.js';
import { BITMAP_FORMATS, RENDER_FLAGS } from './pdfium-exports.js';

/** `FPDFBitmap_FillRect` takes it as ARGB. */
const WHITE = 0xffffffff;

/** A page that is a thread wide has a pixel there. */
const SHORTEST_SIDE = 1;

/**
 * Renders a page in grey, with what is filled in and noted on it, with about so many pixels.
 * @throws DocketError `document.corrupt`
 */
export function renderPage(open: PdfiumPage, { pixels: wanted, longestSide }: RenderOptions): PageImage {
  const { exports: pdfium, page, form, number, width: pointsWide, height: pointsHigh } = open;
  if (!(pointsWide > 0 && pointsHigh > 0)) throw damagedPage(number, 'it has no size');
  const scale = scaleToPixels({ width: pointsWide, height: pointsHigh }, wanted, longestSide);
  const width = Math.max(SHORTEST_SIDE, Math.round(pointsWide * scale));
  const height = Math.max(SHORTEST_SIDE, Math.round(pointsHigh * scale));
  const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, BITMAP_FORMATS.grey, 0, 0);
  if (bitmap === 0) throw damagedPage(number, 'PDFium cannot render it');
  pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, WHITE);
  const flags = RENDER_FLAGS.annotations | RENDER_FLAGS.grey;
  pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, flags);
  if (form !== 0) pdfium.FPDF_FFLDraw(form, bitmap, page, 0, 0, width, height, 0, flags);
  const pixels = new Uint8Array(width * height);
  const stride = pdfium.FPDFBitmap_GetStride(bitmap);
  const rows = new Uint8Array(pdfium.memory.buffer, pdfium.FPDFBitmap_GetBuffer(bitmap) >>> 0, stride * height);
  for (let y = 0; y < height; y++) pixels.set(rows.subarray(y * stride, y * stride + width), y * width);
  pdfium.FPDFBitmap_Destroy(bitmap);
  return { width, height, pixels };
}
