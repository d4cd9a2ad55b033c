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

/** How light the paper is along a row of a picture, between the middles of the cells. */
export class PaperRow {
  /** Of each column of cells, at the height of the row. */
  private readonly row = new Float32Array(CELLS);
  private readonly left: Uint8Array;
  private readonly beyondLeft: Float32Array;

  /** @param width Pixels of a row */
  constructor(
    private readonly background: Background,
    width: number,
  ) {
    this.left = new Uint8Array(width);
    this.beyondLeft = new Float32Array(width);
    for (let x = 0; x < width; x++) {
      const column = cellPosition(x / width);
      // The last cell is the right neighbour of the one before it.
      this.left[x] = Math.min(CELLS - 2, Math.floor(column));
      this.beyondLeft[x] = column - (this.left[x] as number);
    }
  }

  /** @param share Of the height, 0 to 1 */
  moveTo(share: number): void {
    const { cells } = this.background;
    const position = cellPosition(share);
    const top = Math.min(CELLS - 2, Math.floor(position));
    for (let column = 0; column < CELLS; column++) {
      const above = cellAt(cells, column, top);
      this.row[column] = above + (cellAt(cells, column, top + 1) - above) * (position - top);
    }
  }

  at(x: number): number {
    const left = this.left[x] as number;
    const paper = this.row[left] as number;
    return paper + ((this.row[left + 1] as number) - paper) * (this.beyondLeft[x] as number);
  }
}

/** Paper that is darker is taken for so light, or its ink would vanish. */
const DARKEST_PAPER = 24;

/** The picture as if the light were the same everywhere. */
export function evenOut({ width, height, pixels }: PageImage, background: Background): PageImage {
  const even = new Uint8Array(pixels.length);
  const paper = new PaperRow(background, width);
  for (let y = 0; y < height; y++) {
    paper.moveTo(y / height);
    for (let x = 0; x < width; x++) {
      const light = Math.max(DARKEST_PAPER, paper.at(x));
      even[y * width + x] = Math.min(255, ((pixels[y * width + x] as number) * 245) / light);
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
  const [left, right] = [Math.floor((column * width) / CELLS), Math.floor(((column + 1) * width) / CELLS)];
  const [top, bottom] = [Math.floor((row * height) / CELLS), Math.floor(((row + 1) * height) / CELLS)];
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const value = pixels[y * width + x] as number;
      histogram[value] = (histogram[value] as number) + 1;
    }
  }
  const count = Math.max(0, right - left) * Math.max(0, bottom - top);
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
