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
  /** Pixels of the first page as it is shown, and of these how many are an inch. */
  readonly size: { readonly width: number; readonly height: number };
  readonly density: number;
  open(pageNumber: number): Promise<Picture>;
}

/** One of them: a pipeline that gives it upright, and its pixels. */
interface Picture {
  readonly pipeline: Sharp;
  readonly width: number;
  readonly height: number;
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
  const points = POINTS_PER_INCH / densityOf(pictures.density);
  const size = { width: pictures.size.width * points, height: pictures.size.height * points };
  return {
    format,
    pageCount: pictures.pageCount,
    readPage: async () => ({ method: 'none', items: [], size }),
    renderPage: async (pageNumber, options) => {
      signal?.throwIfAborted();
      return await orCorrupt(format, async () => render(await pictures.open(pageNumber), options));
    },
    drawPage: async (pageNumber, size) => {
      signal?.throwIfAborted();
      return await orCorrupt(format, async () => draw(await pictures.open(pageNumber), size));
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function openWithSharp(format: ImageFormat, bytes: Uint8Array): Promise<Pictures> {
  const sharp = await loadSharp();
  const decoder = (page: number) => sharp(bytes, { page, failOn: 'error', limitInputPixels: MOST_PIXELS });
  // Headers alone: nothing is decoded, so nothing is refused yet.
  const headers = (page: number) => sharp(bytes, { page, limitInputPixels: false }).metadata();
  const { width, height, pages = 1, orientation = 1, density = 0 } = await headers(0);
  if (!(width > 0 && height > 0)) throw damagedImage(format, 'it has no pixels');
  assertPixelLimit(width, height);
  const size = orientation < FIRST_SIDEWAYS_ORIENTATION ? { width, height } : { width: height, height: width };
  return {
    // Pictures that move say what they say in the first of their frames.
    pageCount: format === 'tiff' ? pages : 1,
    size,
    density,
    open: async (pageNumber) => {
      const page = pageNumber - 1;
      const own = page === 0 ? size : await headers(page);
      assertPixelLimit(own.width, own.height);
      return { pipeline: decoder(page).autoOrient(), width: own.width, height: own.height };
    },
  };
}

async function openBitmap(bytes: Uint8Array): Promise<Pictures> {
  const { width, height } = readBitmapHeader(bytes);
  const sharp = await loadSharp();
  return {
    pageCount: 1,
    size: { width, height },
    density: 0,
    open: async () => {
      const { pixels } = decodeBitmap(bytes);
      return { pipeline: sharp(pixels, { raw: { width, height, channels: 1 } }), width, height };
    },
  };
}

async function render({ pipeline, width, height }: Picture, { pixels }: RenderOptions): Promise<PageImage> {
  const longest = Math.max(1, Math.round(Math.max(width, height) * scaleToPixels({ width, height }, pixels)));
  const bounds = { width: longest, height: longest, fit: 'inside', withoutEnlargement: true } as const;
  return await greyPixels(pipeline.flatten({ background: '#fff' }).greyscale().resize(bounds));
}

async function draw({ pipeline }: Picture, { longestSide }: DrawnSize): Promise<Uint8Array> {
  const bounds = { width: longestSide, height: longestSide, fit: 'inside', withoutEnlargement: true } as const;
  return await pipeline.flatten({ background: '#fff' }).toColourspace('srgb').resize(bounds).png().toBuffer();
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
