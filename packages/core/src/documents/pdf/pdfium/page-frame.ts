import type { Box } from '../../document-reader.js';
import type { PdfiumPage } from './pdfium-document.js';

/** Bytes of a rectangle of PDFium: four floats. */
export const RECTANGLE_BYTES = 16;

/** What of a page is shown, in its own coordinates (points, y goes up), and how it is turned. */
export interface PageFrame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Clockwise, 0 to 3. */
  readonly quarterTurns: number;
}

/** @param rectangle Address of {@link RECTANGLE_BYTES} that may be written */
export function readFrame({ exports: pdfium, page }: PdfiumPage, rectangle: number): PageFrame {
  pdfium.FPDF_GetPageBoundingBox(page, rectangle);
  const [left = 0, top = 0, right = 0, bottom = 0] = new Float32Array(pdfium.memory.buffer, rectangle, 4);
  return { left, top, right, bottom, quarterTurns: pdfium.FPDFPage_GetRotation(page) };
}

/** A box in the page's own coordinates as it is shown: points from the top left. */
export function shownBox(left: number, top: number, right: number, bottom: number, frame: PageFrame): Box {
  const [width, height] = [round(right - left), round(top - bottom)];
  switch (frame.quarterTurns) {
    case 1:
      return { x: round(bottom - frame.bottom), y: round(left - frame.left), width: height, height: width };
    case 2:
      return { x: round(frame.right - right), y: round(bottom - frame.bottom), width, height };
    case 3:
      return { x: round(frame.top - top), y: round(frame.right - right), width: height, height: width };
    default:
      return { x: round(left - frame.left), y: round(frame.top - top), width, height };
  }
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
