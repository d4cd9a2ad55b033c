import type { TinyLayers } from './tiny-onnx-layers.js';
import { ELEMENT_TYPES } from './tiny-onnx-protobuf.js';
import { isContentPiece, TINY_VOCABULARY } from './tiny-onnx-tokenizer.js';

/** Length of the vectors of the tiny models. */
export const TINY_WIDTH = 16;

const HIDDEN = 2 * TINY_WIDTH;

const toFloat = { to: ELEMENT_TYPES.float32 };

/** What an encoder is told of its inputs. */
export interface TinyEncoderInputs {
  readonly maxTokens: number;
  /** @default BERT's: `input_ids`, `attention_mask`, `token_type_ids` */
  readonly inputs?: readonly TinyInput[];
}

/** Inputs of a graph. */
export type TinyInput = 'input_ids' | 'attention_mask' | 'token_type_ids' | 'position_ids';

/** Those of BERT. */
export const BERT_INPUTS: readonly TinyInput[] = ['input_ids', 'attention_mask', 'token_type_ids'];

/** Adds an encoder of BERT's shape: embeddings, one layer of attention, one dense; `[batch, sequence, width]`. */
export function addEncoder(layers: TinyLayers, inputs: TinyEncoderInputs): string {
  const embedded = addEmbeddings(layers, inputs);
  const attended = layers.apply('Add', [embedded, addAttention(layers, embedded)]);
  const middle = layers.layerNorm(attended, TINY_WIDTH);
  const wide = layers.apply('Relu', [layers.dense(middle, TINY_WIDTH, HIDDEN)]);
  const dense = layers.dense(wide, HIDDEN, TINY_WIDTH);
  return layers.layerNorm(layers.apply('Add', [middle, dense]), TINY_WIDTH);
}

/** Adds the mean of the vectors of a text's tokens, padding left out: `[batch, width]`. */
export function addMean(layers: TinyLayers, hidden: string): string {
  const mask = layers.apply('Cast', ['attention_mask'], toFloat);
  const masked = layers.apply('Mul', [hidden, layers.apply('Unsqueeze', [mask, layers.integers([2])])]);
  const sum = layers.apply('ReduceSum', [masked, layers.integers([1])], { keepdims: 0 });
  return layers.apply('Div', [sum, layers.apply('ReduceSum', [mask, layers.integers([1])], { keepdims: 1 })]);
}

/** Adds the share of the hypothesis's meaningful words that the premise has, almost: 0 to 1, `[batch, 1]`. */
export function addWordOverlap(layers: TinyLayers): string {
  const mask = layers.apply('Cast', ['attention_mask'], toFloat);
  const second = layers.apply('Mul', [mask, layers.apply('Cast', ['token_type_ids'], toFloat)]);
  const first = layers.apply('Sub', [mask, second]);
  const [rows, columns] = [2, 1].map((axis) => layers.apply('Unsqueeze', ['input_ids', layers.integers([axis])]));
  const equal = layers.apply('Cast', [layers.apply('Equal', [rows ?? '', columns ?? ''])], toFloat);
  const inFirst = layers.apply('Mul', [equal, layers.apply('Unsqueeze', [first, layers.integers([1])])]);
  const found = layers.apply('ReduceMax', [inFirst], { axes: [2], keepdims: 0 });
  const meaning = Float32Array.from(TINY_VOCABULARY, (piece) => (isContentPiece(piece) ? 1 : 0));
  const table = layers.floats(meaning, [TINY_VOCABULARY.length]);
  const asked = layers.apply('Mul', [second, layers.apply('Gather', [table, 'input_ids'])]);
  const sum = (what: string) => layers.apply('ReduceSum', [what, layers.integers([1])], { keepdims: 1 });
  const divisor = layers.apply('Add', [sum(asked), layers.float(0.1)]);
  return layers.apply('Div', [sum(layers.apply('Mul', [asked, found])), divisor]);
}

function addEmbeddings(layers: TinyLayers, { maxTokens, inputs = BERT_INPUTS }: TinyEncoderInputs): string {
  const lookUp = (rows: number, deviation: number, indices: string) =>
    layers.apply('Gather', [layers.weights([rows, TINY_WIDTH], deviation), indices]);
  const words = lookUp(TINY_VOCABULARY.length, 1, 'input_ids');
  const typed = inputs.includes('token_type_ids')
    ? layers.apply('Add', [words, lookUp(2, 0.2, 'token_type_ids')])
    : words;
  const positions = inputs.includes('position_ids') ? 'position_ids' : addPositions(layers);
  return layers.layerNorm(layers.apply('Add', [typed, lookUp(maxTokens, 0.2, positions)]), TINY_WIDTH);
}

function addPositions(layers: TinyLayers): string {
  const shape = layers.apply('Shape', ['input_ids']);
  const length = layers.apply('Gather', [shape, layers.integers(1)]);
  return layers.apply('Range', [layers.integers(0), length, layers.integers(1)]);
}

function addAttention(layers: TinyLayers, input: string): string {
  const project = () => layers.dense(input, TINY_WIDTH, TINY_WIDTH);
  const keys = layers.apply('Transpose', [project()], { perm: [0, 2, 1] });
  const products = layers.apply('MatMul', [project(), keys]);
  const scaled = layers.apply('Mul', [products, layers.float(1 / Math.sqrt(TINY_WIDTH))]);
  const mask = layers.apply('Cast', ['attention_mask'], toFloat);
  const hidden = layers.apply('Mul', [layers.apply('Sub', [mask, layers.float(1)]), layers.float(10_000)]);
  const masked = layers.apply('Add', [scaled, layers.apply('Unsqueeze', [hidden, layers.integers([1])])]);
  const shares = layers.apply('Softmax', [masked], { axis: -1 });
  return layers.dense(layers.apply('MatMul', [shares, project()]), TINY_WIDTH, TINY_WIDTH);
}
