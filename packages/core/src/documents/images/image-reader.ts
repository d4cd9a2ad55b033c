import type { Sharp } from 'sharp';
import { DocketError } from '../../errors.js';
import type { DocumentReader, OpenDocument, OpenOptions } from '../document-reader.js';
import { loadSharp, OcrNotInstalled } from '../ocr/load-optional.js';
import { greyPixels } from '../ocr/prepare-image.js';
import {
  assertPixelLimit,
  type DrawnSize,
  MOST_PIXELS,
  type PageImage,
  type RenderOptions,
  scaleToPixels,
} from '../page-image.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { decodeBitmap, readBitmapHeader } from './decode-bitmap.js';
import type { ImageFormat } from './image-formats.js';

/** Opened pictures of one file. */
interface Pictures {
  readonly pageCount: number;
  /** What the headers of a page say of it; its pixels are within the limit. */
  measure(pageNumber: number): Promise<PictureSize>;
  /** A pipeline that gives a page upright. */
  open(pageNumber: number): Promise<Sharp>;
}

/** How large a picture is as it is shown. */
interface PictureSize {
  /** In pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels of an inch; 0 where nothing is said. */
  readonly density: number;
}

/** Points of an inch, and what a picture that says nothing sensible of its resolution is taken for. */
const POINTS_PER_INCH = 72;
const LEAST_DENSITY = 50;
const MOST_DENSITY = 2400;

/** Orientations of EXIF from this one on lie on their side. */
const FIRST_SIDEWAYS_ORIENTATION = 5;

/** Reads pictures: their pages have no text of their own, and are rendered for OCR. */
export function imageReader(format: ImageFormat): DocumentReader {
  return { format, identity: READER_IDENTITIES[format], open: (bytes, options) => open(format, bytes, options) };
}

async function open(format: ImageFormat, bytes: Uint8Array, { signal }: OpenOptions): Promise<OpenDocument> {
  signal?.throwIfAborted();
  const pictures = await orCorrupt(format, () => (format === 'bmp' ? openBitmap(bytes) : openWithSharp(format, bytes)));
  return {
    format,
    pageCount: pictures.pageCount,
    readPage: async (pageNumber) => {
      signal?.throwIfAborted();
      const size = inPoints(await orCorrupt(format, () => pictures.measure(pageNumber)));
      return { method: 'none', items: [], size };
    },
    renderPage: async (pageNumber, options) => {
      signal?.throwIfAborted();
      return await orCorrupt(format, () => render(pictures, pageNumber, options));
    },
    drawPage: async (pageNumber, size) => {
      signal?.throwIfAborted();
      return await orCorrupt(format, () => draw(pictures, pageNumber, size));
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function openWithSharp(format: ImageFormat, bytes: Uint8Array): Promise<Pictures> {
  const sharp = await loadSharp();
  // Headers alone: nothing is decoded, so nothing is refused yet.
  const headers = (page: number) => sharp(bytes, { page, limitInputPixels: false }).metadata();
  const first = await headers(0);
  const measure = async (pageNumber: number): Promise<PictureSize> => {
    const { width, height, orientation = 1, density = 0 } = pageNumber === 1 ? first : await headers(pageNumber - 1);
    if (!(width > 0 && height > 0)) throw damagedImage(format, 'it has no pixels');
    assertPixelLimit(width, height);
    const isSideways = orientation >= FIRST_SIDEWAYS_ORIENTATION;
    return isSideways ? { width: height, height: width, density } : { width, height, density };
  };
  await measure(1);
  return {
    // Pictures that move say what they say in the first of their frames.
    pageCount: format === 'tiff' ? (first.pages ?? 1) : 1,
    measure,
    open: async (pageNumber) =>
      sharp(bytes, { page: pageNumber - 1, failOn: 'error', limitInputPixels: MOST_PIXELS }).autoOrient(),
  };
}

async function openBitmap(bytes: Uint8Array): Promise<Pictures> {
  const { width, height } = readBitmapHeader(bytes);
  const sharp = await loadSharp();
  return {
    pageCount: 1,
    measure: async () => ({ width, height, density: 0 }),
    open: async () => sharp(decodeBitmap(bytes).pixels, { raw: { width, height, channels: 1 } }),
  };
}

async function render(pictures: Pictures, pageNumber: number, { pixels }: RenderOptions): Promise<PageImage> {
  const size = await pictures.measure(pageNumber);
  const pipeline = await pictures.open(pageNumber);
  const longest = Math.max(1, Math.round(Math.max(size.width, size.height) * scaleToPixels(size, pixels)));
  const bounds = { width: longest, height: longest, fit: 'inside', withoutEnlargement: true } as const;
  return await greyPixels(pipeline.flatten({ background: '#fff' }).greyscale().resize(bounds));
}

async function draw(pictures: Pictures, pageNumber: number, { longestSide }: DrawnSize): Promise<Uint8Array> {
  const pipeline = await pictures.open(pageNumber);
  const bounds = { width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true } as const;
  return await pipeline.flatten({ background: '#fff' }).toColourspace('srgb').resize(bounds).png().toBuffer();
}

/** Points of a picture, by what it says of its resolution where that is sensible. */
function inPoints({ width, height, density }: PictureSize) {
  const points = POINTS_PER_INCH / densityOf(density);
  return { width: width * points, height: height * points };
}

function densityOf(density: number): number {
  return density >= LEAST_DENSITY && density <= MOST_DENSITY ? density : POINTS_PER_INCH;
}

async function orCorrupt<Result>(format: ImageFormat, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof DocketError) throw error;
    if (error instanceof OcrNotInstalled)
      throw new DocketError('document.no_text', `this is a picture, and ${error.what}`);
    throw damagedImage(format, error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error));
  }
}

function damagedImage(format: ImageFormat, why: string): DocketError {
  const message = `the ${format.toUpperCase()} is damaged or incomplete (${why}); get a fresh copy of it`;
  return new DocketError('document.corrupt', message);
}
