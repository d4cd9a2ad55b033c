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

/** Tests look at a picture whose longer side has at most so many pixels, and at least half of them. */
const LOOK_LONG_SIDE = 1500;

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
  const small = shrink(image);
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
  const found = new Places();
  const isInk = new Uint8Array(width);
  const paper = new PaperRow(background, width);
  for (let y = 0; y < height; y++) {
    paper.moveTo(y / height);
    let before = 0;
    for (let x = 0; x < width; x++) {
      const ink = (pixels[y * width + x] as number) < paper.at(x) * INK ? 1 : 0;
      if (ink === 1 && (before === 0 || isInk[x] === 0)) found.add(x, y);
      before = ink;
      isInk[x] = ink;
    }
  }
  return found.all();
}

/** Pairs of x and y, as many as come: a page has some hundred thousand, of which an array would leave as much garbage. */
class Places {
  private pairs = new Uint16Array(2 ** 16);
  private length = 0;

  add(x: number, y: number): void {
    if (this.length === this.pairs.length) this.grow();
    this.pairs[this.length++] = x;
    this.pairs[this.length++] = y;
  }

  all(): Uint16Array {
    return this.pairs.subarray(0, this.length);
  }

  private grow(): void {
    const before = this.pairs;
    this.pairs = new Uint16Array(before.length * 2);
    this.pairs.set(before);
  }
}

function shrink(image: PageImage): PageImage {
  let small = image;
  while (Math.max(small.width, small.height) > LOOK_LONG_SIDE && Math.min(small.width, small.height) > 1) {
    small = halve(small);
  }
  return small;
}

/** Means of two by two pixels; a last odd row or column is left out. */
function halve({ width, height, pixels }: PageImage): PageImage {
  const half = { width: width >> 1, height: height >> 1, pixels: new Uint8Array((width >> 1) * (height >> 1)) };
  for (let y = 0, to = 0; y < half.height; y++) {
    let from = 2 * y * width;
    for (let x = 0; x < half.width; x++, from += 2) {
      const above = (pixels[from] as number) + (pixels[from + 1] as number);
      const below = (pixels[from + width] as number) + (pixels[from + width + 1] as number);
      half.pixels[to++] = (above + below) >> 2;
    }
  }
  return half;
}
