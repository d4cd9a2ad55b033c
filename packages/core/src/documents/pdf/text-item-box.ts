import type { Box } from '../document-reader.js';

/** An affine map as PDF writes it: `x' = ax + cy + e`, `y' = bx + dy + f`. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What of a text item its place depends on. */
export interface PlacedText {
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
}

/**
 * The box of a text item in page coordinates: points from the top left of the page as shown.
 * @param viewport the page's own transform at scale 1, which holds its rotation
 */
export function textItemBox(item: PlacedText, viewport: readonly number[]): Box {
  const [a, b, c, d, x, y] = multiply(viewport as Matrix, item.transform as unknown as Matrix);
  const along = length(a, b) || 1;
  const upward = length(c, d) || 1;
  const height = item.height || upward;
  const rightX = (a / along) * item.width;
  const rightY = (b / along) * item.width;
  const upX = (c / upward) * height;
  const upY = (d / upward) * height;
  const left = Math.min(x, x + rightX, x + upX, x + rightX + upX);
  const top = Math.min(y, y + rightY, y + upY, y + rightY + upY);
  const right = Math.max(x, x + rightX, x + upX, x + rightX + upX);
  const bottom = Math.max(y, y + rightY, y + upY, y + rightY + upY);
  return { x: round(left), y: round(top), width: round(right - left), height: round(bottom - top) };
}

/** `Math.hypot`, without its cost for the text that stands upright. */
function length(x: number, y: number): number {
  if (y === 0) return Math.abs(x);
  return x === 0 ? Math.abs(y) : Math.hypot(x, y);
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
