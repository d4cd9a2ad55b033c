import type { Box } from '../../document-reader.js';
import type { PdfiumPage } from './pdfium-document.js';
import { BOTTOM, LEFT, RECTANGLE_NUMBERS, type Rectangle, RIGHT, TOP } from './rectangle.js';

/** What of a page is shown, in its own coordinates (points, y goes up), and how it is turned. */
export interface PageFrame {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** Clockwise, 0 to 3. */
  readonly quarterTurns: number;
}

/** @param address Of a rectangle that may be written */
export function readFrame({ exports: pdfium, page }: PdfiumPage, address: number): PageFrame {
  pdfium.FPDF_GetPageBoundingBox(page, address);
  const [left = 0, top = 0, right = 0, bottom = 0] = new Float32Array(pdfium.memory.buffer, address, RECTANGLE_NUMBERS);
  return { left, top, right, bottom, quarterTurns: pdfium.FPDFPage_GetRotation(page) };
}

/** A rectangle of a page as it is shown: points from the top left. */
export function shownBox(rectangle: Rectangle, frame: PageFrame): Box {
  const [left, top] = [rectangle[LEFT] as number, rectangle[TOP] as number];
  const [right, bottom] = [rectangle[RIGHT] as number, rectangle[BOTTOM] as number];
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
