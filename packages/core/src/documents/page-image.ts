import { DocketError } from '../errors.js';

/** A page as it is shown: grey, a byte for each pixel (0: black), row after row from the top left. */
export interface PageImage {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** How a page is rendered. */
export interface RenderOptions {
  /** Pixels of the whole page, about; a picture that has fewer is given as it is. */
  readonly pixels: number;
  /** Pixels of the longer side, at most. */
  readonly longestSide?: number;
}

/** How large a page is drawn at most; a picture that is smaller is given as it is. */
export interface DrawnSize {
  /** Pixels of its longer side. */
  readonly longestSide: number;
}

/** However long and narrow a page is. */
const LONGEST_SIDE = 8000;

/** By how much to scale a page so that it has about so many pixels, and no side beyond all measure. */
export function scaleToPixels(
  { width, height }: Omit<PageImage, 'pixels'>,
  pixels: number,
  longestSide = LONGEST_SIDE,
): number {
  return Math.min(Math.sqrt(pixels / (width * height)), longestSide / Math.max(width, height));
}

/** Pixels that an image may have before anything of it is decoded: as many as a scan of A3 at 600 dots per inch. */
export const MOST_PIXELS = 100_000_000;

/**
 * Refuses an image that would take too much memory, by what its header says, before it is decoded.
 * @throws DocketError `document.too_large`
 */
export function assertPixelLimit(width: number, height: number): void {
  if (width * height <= MOST_PIXELS) return;
  const message = `the image has ${width} x ${height} pixels, more than the ${MOST_PIXELS / 1e6} million allowed; give it in a lower resolution`;
  throw new DocketError('document.too_large', message, { data: { width, height, maxPixels: MOST_PIXELS } });
}
