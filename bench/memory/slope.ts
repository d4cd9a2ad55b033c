import type { MemorySample } from './measure-memory.js';

/** Bytes that each document adds, by least squares over the second half of the samples. */
export function slopeOf(samples: readonly MemorySample[]): number {
  const half = samples.slice(samples.length >> 1);
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [middle, height] = [mean(half.map(({ documents }) => documents)), mean(half.map(({ bytes }) => bytes))];
  const product = half.reduce((sum, { documents, bytes }) => sum + (documents - middle) * (bytes - height), 0);
  const square = half.reduce((sum, { documents }) => sum + (documents - middle) ** 2, 0);
  return square === 0 ? 0 : product / square;
}
