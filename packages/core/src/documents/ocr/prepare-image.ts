import type { Box } from '../document-reader.js';
import { type PageImage, scaleToPixels } from '../page-image.js';
import { evenOut } from './image-background.js';
import { loadSharp } from './load-optional.js';
import { type ImageSurvey, invert } from './survey-image.js';

/** Pixels of a page that tesseract reads well: 2000 of the longer side of A4, about 170 dots per inch. */
export const OCR_PIXELS = 2000 * 1414;

/** A smaller picture is enlarged, up to so many times. */
const MOST_ENLARGED = 2.5;

/** What is nearly large enough stays as it is. */
const LARGE_ENOUGH = 0.8;

/** Faint print, often of dots, is read better when it is smaller, softer and darker. */
const FAINT = { pixels: 1_200_000, blur: 1.2, contrast: { lower: 2, upper: 90 } } as const;

/** A picture that is ready to be read, with the way back to what it was made from. */
export interface PreparedImage {
  readonly image: PageImage;
  /** Where a box of it stands on the first picture, in shares of width and height. */
  readonly toShares: (box: Box) => Box;
}

/** Quarter turns, clockwise. */
export type QuarterTurns = 0 | 1 | 2 | 3;

type Point = readonly [x: number, y: number];

/** How a picture is made ready. */
export interface PrepareOptions {
  readonly turns: QuarterTurns;
  /** Whether its print is taken for faint. */
  readonly isFaint?: boolean;
}

/**
 * Makes a picture ready for OCR: large enough, dark on light, evenly lit, upright, straight; each only where the survey, or an
 * attempt before, asks for it.
 */
export async function prepareImage(
  source: PageImage,
  { isInverted, shadows, tilt }: ImageSurvey,
  { turns, isFaint = false }: PrepareOptions,
): Promise<PreparedImage> {
  let image = isInverted ? invert(source) : source;
  if (shadows) image = evenOut(image, shadows);
  const turned = turnBy(isFaint ? await strengthen(image) : await enlarge(image), turns);
  image = tilt === 0 ? turned : await straighten(turned, tilt);
  const toTurned = backFromTilt(image, turned, tilt);
  const toSource = (point: Point) => backFromTurn(toTurned(point), turned, turns);
  return { image, toShares: (box) => boundsOf(box, toSource) };
}

async function enlarge(image: PageImage): Promise<PageImage> {
  const factor = Math.min(MOST_ENLARGED, scaleToPixels(image, OCR_PIXELS));
  if (factor * LARGE_ENOUGH <= 1) return image;
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const pipeline = await open(image);
  return greyPixels(pipeline.resize(width, height, { fit: 'fill', kernel: 'cubic' }));
}

async function strengthen(image: PageImage): Promise<PageImage> {
  const factor = Math.min(MOST_ENLARGED, scaleToPixels(image, FAINT.pixels));
  const [width, height] = [Math.round(image.width * factor), Math.round(image.height * factor)];
  const resized = (await open(image)).resize(width, height, { fit: 'fill', kernel: 'cubic' });
  return greyPixels(resized.blur(FAINT.blur).normalise(FAINT.contrast));
}

/** @param tilt Degrees by which lines lean, clockwise */
async function straighten(image: PageImage, tilt: number): Promise<PageImage> {
  return greyPixels((await open(image)).rotate(-tilt, { background: '#fff' }));
}

async function open({ width, height, pixels }: PageImage) {
  const sharp = await loadSharp();
  return sharp(pixels, { raw: { width, height, channels: 1 } });
}

/** The pixels that come of a pipeline of sharp, in grey. */
export async function greyPixels(pipeline: import('sharp').Sharp): Promise<PageImage> {
  const { data, info } = await pipeline.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  if (channels === 1) return { width, height, pixels: data };
  const pixels = new Uint8Array(width * height);
  for (let index = 0; index < pixels.length; index++) pixels[index] = data[index * channels] as number;
  return { width, height, pixels };
}

function turnBy(image: PageImage, turns: QuarterTurns): PageImage {
  let turned = image;
  for (let turn = 0; turn < turns; turn++) turned = turnOnce(turned);
  return turned;
}

/** A quarter turn, clockwise. */
function turnOnce({ width, height, pixels }: PageImage): PageImage {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + (height - 1 - y)] = pixels[y * width + x] as number;
  }
  return { width: height, height: width, pixels: turned };
}

/** Turning about its middle, a picture grows. */
function backFromTilt(after: PageImage, before: PageImage, tilt: number): (point: Point) => Point {
  if (tilt === 0) return (point) => point;
  const radians = (tilt * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(radians), Math.sin(radians)];
  return ([x, y]) => {
    const [right, down] = [x - after.width / 2, y - after.height / 2];
    return [before.width / 2 + right * cosine - down * sine, before.height / 2 + right * sine + down * cosine];
  };
}

/** From pixels after quarter turns to shares of width and height before them. */
function backFromTurn([x, y]: Point, { width, height }: PageImage, turns: QuarterTurns): Point {
  const [across, down] = [x / width, y / height];
  const places: readonly Point[] = [
    [across, down],
    [down, 1 - across],
    [1 - across, 1 - down],
    [1 - down, across],
  ];
  return places[turns] as Point;
}

function boundsOf({ x, y, width, height }: Box, move: (point: Point) => Point): Box {
  const corners = [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ].map((corner) => move(corner as unknown as Point));
  const [left, right] = endsOf(corners.map(([across]) => across));
  const [top, bottom] = endsOf(corners.map(([, down]) => down));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function endsOf(values: readonly number[]): readonly [number, number] {
  return [Math.min(...values), Math.max(...values)];
}
