import type { PageImage } from '../page-image.js';

/** Cells of the grid that the light on a page is measured in, each way. */
const CELLS = 12;

/** Of the pixels of a cell, how many are darker than its paper. */
const PAPER_QUANTILE = 0.85;

/** How light the paper is, by place. */
export interface Background {
  /** Lightness of each cell, row after row. */
  readonly cells: Float32Array;
  readonly median: number;
  /** Between cells that are dark and cells that are light, the few outermost aside. */
  readonly spread: number;
}

/** Measures how light the paper is. A cell full of ink passes for a dark one, so its neighbours have a say. */
export function measureBackground(image: PageImage): Background {
  const raw = new Float32Array(CELLS * CELLS);
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) raw[row * CELLS + column] = paperOf(image, column, row);
  }
  const cells = smooth(raw);
  const sorted = [...cells].sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { cells, median: at(0.5), spread: at(0.95) - at(0.08) };
}

/** How light the paper is at a place. @param x @param y As shares of width and height, 0 to 1 */
export function backgroundAt({ cells }: Background, x: number, y: number): number {
  const [column, row] = [cellPosition(x), cellPosition(y)];
  const [left, top] = [Math.floor(column), Math.floor(row)];
  const [right, bottom] = [Math.min(CELLS - 1, left + 1), Math.min(CELLS - 1, top + 1)];
  const [across, down] = [column - left, row - top];
  const above = cellAt(cells, left, top) * (1 - across) + cellAt(cells, right, top) * across;
  const below = cellAt(cells, left, bottom) * (1 - across) + cellAt(cells, right, bottom) * across;
  return above * (1 - down) + below * down;
}

/** The picture as if the light were the same everywhere. */
export function evenOut({ width, height, pixels }: PageImage, background: Background): PageImage {
  const even = new Uint8Array(pixels.length);
  const DARKEST_PAPER = 24;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const paper = Math.max(DARKEST_PAPER, backgroundAt(background, x / width, y / height));
      even[y * width + x] = Math.min(255, ((pixels[y * width + x] as number) * 245) / paper);
    }
  }
  return { width, height, pixels: even };
}

/** Between the middles of the cells. */
function cellPosition(share: number): number {
  return Math.min(CELLS - 1, Math.max(0, share * CELLS - 0.5));
}

function cellAt(cells: Float32Array, column: number, row: number): number {
  return cells[row * CELLS + column] ?? 0;
}

function paperOf({ width, height, pixels }: PageImage, column: number, row: number): number {
  const histogram = new Uint32Array(256);
  let count = 0;
  for (let y = Math.floor((row * height) / CELLS); y < Math.floor(((row + 1) * height) / CELLS); y++) {
    for (let x = Math.floor((column * width) / CELLS); x < Math.floor(((column + 1) * width) / CELLS); x++) {
      const value = pixels[y * width + x] as number;
      histogram[value] = (histogram[value] ?? 0) + 1;
      count++;
    }
  }
  let below = 0;
  for (let value = 0; value < 256; value++) {
    below += histogram[value] ?? 0;
    if (below >= count * PAPER_QUANTILE) return value;
  }
  return 255;
}

/** Each cell's mean with its neighbours. */
function smooth(cells: Float32Array): Float32Array {
  const smoothed = new Float32Array(cells.length);
  for (let row = 0; row < CELLS; row++) {
    for (let column = 0; column < CELLS; column++) {
      let [sum, count] = [0, 0];
      for (let y = Math.max(0, row - 1); y <= Math.min(CELLS - 1, row + 1); y++) {
        for (let x = Math.max(0, column - 1); x <= Math.min(CELLS - 1, column + 1); x++, count++) {
          sum += cellAt(cells, x, y);
        }
      }
      smoothed[row * CELLS + column] = sum / count;
    }
  }
  return smoothed;
}
