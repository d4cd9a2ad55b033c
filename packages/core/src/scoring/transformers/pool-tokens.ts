import type { ModelManifest } from '../../models/model-manifest.js';
import type { OnnxOutput } from './onnx-model.js';

/** How token vectors become one. */
export type Pooling = NonNullable<ModelManifest['embedding']>['pooling'];

const PER_TOKEN = ['last_hidden_state', 'token_embeddings', 'logits'];

const PER_TEXT = ['sentence_embedding', 'text_embeds', 'embeddings', 'pooler_output'];

/**
 * The vector of a text, from what the graph gives for it alone: there is no padding.
 *
 * @returns undefined when the graph has no output that the pooling can take: a vector per token, for `none` one per text
 */
export function poolTokens(outputs: ReadonlyMap<string, OnnxOutput>, pooling: Pooling): Float32Array | undefined {
  const perText = pooling === 'none';
  const output = chooseOutput(outputs, perText ? PER_TEXT : PER_TOKEN, perText ? 2 : 3);
  const width = output?.dimensions.at(-1);
  if (!output || !width || output.data.length === 0) return undefined;
  if (pooling === 'mean') return meanOf(output.data, width);
  return pooling === 'last_token' ? output.data.slice(-width) : output.data.slice(0, width);
}

/** Scales a vector to length 1, in place; one of zeros stays as it is. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return vector;
  const factor = 1 / Math.sqrt(squares);
  for (let index = 0; index < vector.length; index++) vector[index] = (vector[index] ?? 0) * factor;
  return vector;
}

function chooseOutput(
  outputs: ReadonlyMap<string, OnnxOutput>,
  names: readonly string[],
  rank: number,
): OnnxOutput | undefined {
  const known = names.map((name) => outputs.get(name));
  return [...known, ...outputs.values()].find((output) => output?.dimensions.length === rank);
}

function meanOf(vectors: Float32Array, width: number): Float32Array {
  const sums = new Float64Array(width);
  for (let start = 0; start < vectors.length; start += width) {
    for (let index = 0; index < width; index++) sums[index] = (sums[index] ?? 0) + (vectors[start + index] ?? 0);
  }
  const count = vectors.length / width;
  return Float32Array.from(sums, (sum) => sum / count);
}
