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
  const along = Math.hypot(a, b) || 1;
  const upward = Math.hypot(c, d) || 1;
  const height = item.height || upward;
  const right = [(a / along) * item.width, (b / along) * item.width] as const;
  const up = [(c / upward) * height, (d / upward) * height] as const;
  const xs = [x, x + right[0], x + up[0], x + right[0] + up[0]];
  const ys = [y, y + right[1], y + up[1], y + right[1] + up[1]];
  const left = Math.min(...xs);
  const top = Math.min(...ys);
  return { x: round(left), y: round(top), width: round(Math.max(...xs) - left), height: round(Math.max(...ys) - top) };
}

function multiply(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [p, q, r, s, t, u] = inner;
  return [a * p + c * q, b * p + d * q, a * r + c * s, b * r + d * s, a * t + c * u + e, b * t + d * u + f];
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
