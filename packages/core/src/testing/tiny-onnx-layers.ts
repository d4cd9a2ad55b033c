import type { ElementType, TinyGraph, TinyNode, TinyTensor, TinyValue } from './tiny-onnx-protobuf.js';

/** Whether dense layers hold numbers as they are or as 8-bit integers, their inputs being quantised as they come. */
export type TinyPrecision = 'fp32' | 'int8';

const FLOAT = 1;

/** Builds a graph step by step: each method adds nodes and gives the name of their result. Weights come from a seed. */
export class TinyLayers {
  private readonly nodes: TinyNode[] = [];
  private readonly constants: TinyTensor[] = [];
  private readonly random: () => number;

  constructor(
    private readonly precision: TinyPrecision,
    seed: number,
  ) {
    this.random = uniformNumbers(seed);
  }

  /** The graph of all that was added. */
  finish(inputs: readonly TinyValue[], outputs: readonly TinyValue[]): TinyGraph {
    return { nodes: this.nodes, constants: this.constants, inputs, outputs };
  }

  /** Any operation with one result. */
  apply(operation: string, inputs: readonly string[], attributes: TinyNode['attributes'] = {}, name?: string): string {
    const output = name ?? `value_${this.nodes.length}`;
    this.nodes.push({ operation, inputs, outputs: [output], attributes });
    return output;
  }

  /** A constant of 32-bit floats. */
  floats(values: Float32Array, dimensions: readonly number[]): string {
    return this.constant('float32', dimensions, new Uint8Array(values.buffer));
  }

  /** A single float. */
  float(value: number): string {
    return this.floats(new Float32Array([value]), []);
  }

  /** A constant of 64-bit integers: a list, or a single one. */
  integers(values: readonly number[] | number): string {
    const list = typeof values === 'number' ? [values] : values;
    const data = new Uint8Array(BigInt64Array.from(list, BigInt).buffer);
    return this.constant('int64', typeof values === 'number' ? [] : [list.length], data);
  }

  /** Random weights with the given standard deviation. */
  weights(dimensions: readonly number[], deviation: number): string {
    return this.floats(this.randomWeights(dimensions, deviation), dimensions);
  }

  /** `x W`, with random W and no bias. */
  dense(input: string, rows: number, columns: number): string {
    const weights = this.randomWeights([rows, columns], 1 / Math.sqrt(rows));
    if (this.precision === 'fp32') return this.apply('MatMul', [input, this.floats(weights, [rows, columns])]);
    return this.quantisedDense(input, weights, [rows, columns]);
  }

  /** Scales the last dimension to mean 0 and variance 1. */
  layerNorm(input: string, width: number): string {
    return this.apply('LayerNormalization', [input, this.floats(new Float32Array(width).fill(1), [width])]);
  }

  private quantisedDense(input: string, weights: Float32Array, dimensions: readonly number[]): string {
    const step = weights.reduce((largest, weight) => Math.max(largest, Math.abs(weight)), 0) / 127;
    const rounded = Int8Array.from(weights, (weight) => Math.round(weight / step));
    const [whole, scale, zero] = ['whole', 'scale', 'zero'].map((part) => `${part}_${this.nodes.length}`) as Triple;
    this.nodes.push({
      operation: 'DynamicQuantizeLinear',
      inputs: [input],
      outputs: [whole, scale, zero],
      attributes: {},
    });
    const matrix = this.constant('int8', dimensions, new Uint8Array(rounded.buffer));
    const weightZero = this.constant('int8', [], new Uint8Array(1));
    const product = this.apply('MatMulInteger', [whole, matrix, zero, weightZero]);
    const floats = this.apply('Cast', [product], { to: FLOAT });
    return this.apply('Mul', [floats, this.apply('Mul', [scale, this.float(step)])]);
  }

  private randomWeights(dimensions: readonly number[], deviation: number): Float32Array {
    const size = dimensions.reduce((product, one) => product * one, 1);
    // Three uniform numbers in (-1, 1) have a sum of variance 1.
    const normal = () => 2 * (this.random() + this.random() + this.random()) - 3;
    return Float32Array.from({ length: size }, () => normal() * deviation);
  }

  private constant(type: ElementType, dimensions: readonly number[], data: Uint8Array): string {
    const name = `constant_${this.constants.length}`;
    this.constants.push({ name, type, dimensions, data });
    return name;
  }
}

type Triple = [string, string, string];

/** Numbers in [0, 1) that depend on the seed alone (Mulberry32, by Tommy Ettinger, public domain). */
function uniformNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
