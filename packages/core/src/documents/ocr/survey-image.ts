import type { PageImage } from '../page-image.js';
import { findTilt } from './find-tilt.js';
import { type Background, measureBackground, PaperRow } from './image-background.js';

/** What cheap tests found of a picture: which work on it is worth while. */
export interface ImageSurvey {
  /** There is next to no ink on it. */
  readonly isBlank: boolean;
  /** Light text on dark ground. */
  readonly isInverted: boolean;
  /** The light on the paper, where it is uneven. */
  readonly shadows: Background | undefined;
  /** Lines of text run upwards or downwards. */
  readonly isSideways: boolean;
  /** How far lines of text lean, in degrees clockwise, once they run across; 0 where it is too little to matter. */
  readonly tilt: number;
}

/** Tests look at a picture of this size, in pixels of the longer side. */
const LOOK_LONG_SIDE = 1000;

/** A ground darker than this is a dark one. */
const DARK_GROUND = 110;

/** Light that differs by more than this, from one part of a page to another, is uneven. */
const UNEVEN = 45;

/** Ink is darker than this share of the paper around it. */
const INK = 0.7;

/** Beginnings of ink, fewer of which are dust: a letter has a dozen. */
const FEWEST_INK = 40;

/** Runs the tests, in some hundredths of a second. */
export function surveyImage(image: PageImage): ImageSurvey {
  const small = shrink(image, LOOK_LONG_SIDE);
  const seen = measureBackground(small);
  const isInverted = seen.median < DARK_GROUND;
  const upright = isInverted ? invert(small) : small;
  const background = isInverted ? measureBackground(upright) : seen;
  const ink = inkOf(upright, background);
  const { isSideways, tilt } = findTilt(ink, upright);
  const isBlank = ink.length / 2 < FEWEST_INK;
  return { isBlank, isInverted, shadows: background.spread > UNEVEN ? background : undefined, isSideways, tilt };
}

/** The picture with dark and light exchanged. */
export function invert({ width, height, pixels }: PageImage): PageImage {
  const inverted = new Uint8Array(pixels.length);
  for (let index = 0; index < pixels.length; index++) inverted[index] = 255 - (pixels[index] as number);
  return { width, height, pixels: inverted };
}

/** Where ink begins, from left to right or from top to bottom: pairs of x and y. */
function inkOf({ width, height, pixels }: PageImage, background: Background): Uint16Array {
  const found: number[] = [];
  const isInk = new Uint8Array(width);
  const paper = new PaperRow(background, width);
  for (let y = 0; y < height; y++) {
    paper.moveTo(y / height);
    let before = 0;
    for (let x = 0; x < width; x++) {
      const ink = (pixels[y * width + x] as number) < paper.at(x) * INK ? 1 : 0;
      if (ink === 1 && (before === 0 || isInk[x] === 0)) found.push(x, y);
      before = ink;
      isInk[x] = ink;
    }
  }
  return Uint16Array.from(found);
}

/** Means of square blocks, so that the longer side is about so long; a small picture as it is. */
function shrink(image: PageImage, longSide: number): PageImage {
  const step = Math.floor(Math.max(image.width, image.height) / longSide);
  if (step < 2) return image;
  const [width, height] = [Math.max(1, Math.floor(image.width / step)), Math.max(1, Math.floor(image.height / step))];
  const [across, down] = [Math.min(step, image.width), Math.min(step, image.height)];
  const pixels = new Uint8Array(width * height);
  const sums = new Uint32Array(width);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    for (let row = y * step; row < y * step + down; row++) addRow(sums, image.pixels, row * image.width, across);
    for (let x = 0; x < width; x++) pixels[y * width + x] = (sums[x] as number) / (across * down);
  }
  return { width, height, pixels };
}

/** Adds so many pixels each, from one place on, to sums. */
function addRow(sums: Uint32Array, pixels: Uint8Array, from: number, each: number): void {
  let index = from;
  for (let x = 0; x < sums.length; x++) {
    let sum = sums[x] as number;
    for (const end = index + each; index < end; index++) sum += pixels[index] as number;
    sums[x] = sum;
  }
}
