import { brainNumbers, halfNumbers } from './half-numbers.js';
import type { Tensor } from './safetensors.js';

/** The vectors of a static model, one row for each token or for each group of tokens. */
export interface EmbeddingTable {
  readonly rows: number;
  readonly dimensions: number;
  /**
   * Adds rows to `sum`, which has `dimensions` numbers, one after the other, each times its weight.
   * @param weights by index into `rows`
   */
  addRows(sum: Float64Array, rows: readonly number[], weights: readonly number[]): void;
}

/**
 * Rows stay in the type of the file: half-precision numbers are looked up in a table of all 65,536 when they are added.
 * Measured on 29,528 x 64 of them: 1.3 ms for that table; converting all takes 10 to 15 ms more, and twice the memory.
 * @throws Error for tensors that are no table of F32, F16, BF16 or I8
 */
export function embeddingTable({ type, shape, data }: Tensor): EmbeddingTable {
  const [rows = 0, dimensions = 0] = shape;
  if (shape.length !== 2 || rows === 0 || dimensions === 0) throw new Error('its tensor "embeddings" is no table');
  if (type === 'F32') return new NumberTable(rows, dimensions, new Float32Array(data));
  if (type === 'I8') return new NumberTable(rows, dimensions, new Int8Array(data));
  if (type === 'F16') return new HalfTable(rows, dimensions, new Uint16Array(data), halfNumbers());
  if (type === 'BF16') return new HalfTable(rows, dimensions, new Uint16Array(data), brainNumbers());
  throw new Error(`its tensor "embeddings" is ${type}; F32, F16, BF16 and I8 can be read`);
}

class NumberTable implements EmbeddingTable {
  constructor(
    readonly rows: number,
    readonly dimensions: number,
    private readonly values: Float32Array | Int8Array,
  ) {}

  addRows(sum: Float64Array, rows: readonly number[], weights: readonly number[]): void {
    const { values, dimensions } = this;
    const inFours = rows.length - (rows.length % 4);
    // Four at a time, in the same order: the sum is read and written a quarter as often.
    for (let at = 0; at < inFours; at += 4) {
      const first = (rows[at] as number) * dimensions;
      const second = (rows[at + 1] as number) * dimensions;
      const third = (rows[at + 2] as number) * dimensions;
      const fourth = (rows[at + 3] as number) * dimensions;
      const [a, b, c, d] = [weights[at], weights[at + 1], weights[at + 2], weights[at + 3]] as [
        number,
        number,
        number,
        number,
      ];
      for (let index = 0; index < dimensions; index++) {
        let value = (sum[index] as number) + a * (values[first + index] as number);
        value += b * (values[second + index] as number);
        value += c * (values[third + index] as number);
        sum[index] = value + d * (values[fourth + index] as number);
      }
    }
    for (let at = inFours; at < rows.length; at++) {
      const start = (rows[at] as number) * dimensions;
      const weight = weights[at] as number;
      for (let index = 0; index < dimensions; index++) {
        sum[index] = (sum[index] as number) + weight * (values[start + index] as number);
      }
    }
  }
}

class HalfTable implements EmbeddingTable {
  constructor(
    readonly rows: number,
    readonly dimensions: number,
    private readonly values: Uint16Array,
    private readonly numbers: Float32Array,
  ) {}

  addRows(sum: Float64Array, rows: readonly number[], weights: readonly number[]): void {
    const { values, numbers, dimensions } = this;
    for (let at = 0; at < rows.length; at++) {
      const start = (rows[at] as number) * dimensions;
      const weight = weights[at] as number;
      for (let index = 0; index < dimensions; index++) {
        const value = numbers[values[start + index] as number] as number;
        sum[index] = (sum[index] as number) + weight * value;
      }
    }
  }
}
