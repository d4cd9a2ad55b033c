import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TinyLayers } from '../../../packages/core/src/testing/tiny-onnx-layers.js';
import { encodeOnnxModel, type TinyValue } from '../../../packages/core/src/testing/tiny-onnx-protobuf.js';
import {
  TINY_VOCABULARY,
  tinyTokenizer,
  tinyTokenizerConfig,
} from '../../../packages/core/src/testing/tiny-onnx-tokenizer.js';

/** The shape of all-MiniLM-L6-v2, but for its vocabulary: looking a word up costs nothing. */
export const MINILM = { layers: 6, width: 384, heads: 12, inner: 1536, maxTokens: 512 } as const;

const FLOAT = 1;
const LABELS = ['contradiction', 'neutral', 'entailment'];

/**
 * Writes a model of BERT's shape and MiniLM's size with random weights, laid out as on the hub: good for measuring speed
 * and memory, and for nothing else.
 * @param head vectors of tokens, or logits of three labels
 */
export async function writeBertShape(folder: string, head: 'encoder' | 'entailment'): Promise<void> {
  const inputs: readonly TinyValue[] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
    name,
    type: 'int64',
    dimensions: ['batch', 'sequence'],
  }));
  const layers = new TinyLayers('fp32', 1);
  const hidden = addLayers(layers);
  const output = head === 'encoder' ? addTokens(layers, hidden) : addLogits(layers, hidden);
  await mkdir(join(folder, 'onnx'), { recursive: true });
  await writeFile(join(folder, 'onnx', 'model.onnx'), encodeOnnxModel(layers.finish(inputs, [output])));
  const id2label = Object.fromEntries(LABELS.map((label, index) => [index, label]));
  const config = {
    model_type: 'bert',
    hidden_size: MINILM.width,
    vocab_size: TINY_VOCABULARY.length,
    max_position_embeddings: MINILM.maxTokens,
    num_hidden_layers: MINILM.layers,
    num_attention_heads: MINILM.heads,
    ...(head === 'encoder'
      ? { architectures: ['BertModel'] }
      : { architectures: ['BertForSequenceClassification'], id2label }),
  };
  const files = { config, tokenizer: tinyTokenizer(), tokenizer_config: tinyTokenizerConfig(MINILM.maxTokens) };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify(content));
  }
}

function addLayers(layers: TinyLayers): string {
  const { width, inner } = MINILM;
  const lookUp = (rows: number, indices: string) =>
    layers.apply('Gather', [layers.weights([rows, width], 0.5), indices]);
  const length = layers.apply('Gather', [layers.apply('Shape', ['input_ids']), layers.integers(1)]);
  const positions = layers.apply('Range', [layers.integers(0), length, layers.integers(1)]);
  const typed = layers.apply('Add', [lookUp(TINY_VOCABULARY.length, 'input_ids'), lookUp(2, 'token_type_ids')]);
  let hidden = layers.layerNorm(layers.apply('Add', [typed, lookUp(MINILM.maxTokens, positions)]), width);
  for (let index = 0; index < MINILM.layers; index++) {
    const attended = layers.apply('Add', [hidden, addAttention(layers, hidden)]);
    const middle = layers.layerNorm(attended, width);
    const wide = layers.dense(middle, width, inner);
    // GELU by its error function, as BERT has it.
    const bent = layers.apply('Erf', [layers.apply('Mul', [wide, layers.float(Math.SQRT1_2)])]);
    const share = layers.apply('Mul', [layers.apply('Add', [bent, layers.float(1)]), layers.float(0.5)]);
    const dense = layers.dense(layers.apply('Mul', [wide, share]), inner, width);
    hidden = layers.layerNorm(layers.apply('Add', [middle, dense]), width);
  }
  return hidden;
}

function addAttention(layers: TinyLayers, input: string): string {
  const { width, heads } = MINILM;
  const size = width / heads;
  const split = (perm: readonly number[]) => {
    const parts = layers.apply('Reshape', [layers.dense(input, width, width), layers.integers([0, 0, heads, size])]);
    return layers.apply('Transpose', [parts], { perm });
  };
  const products = layers.apply('MatMul', [split([0, 2, 1, 3]), split([0, 2, 3, 1])]);
  const scaled = layers.apply('Mul', [products, layers.float(1 / Math.sqrt(size))]);
  const mask = layers.apply('Cast', ['attention_mask'], { to: FLOAT });
  const hidden = layers.apply('Mul', [layers.apply('Sub', [mask, layers.float(1)]), layers.float(10_000)]);
  const masked = layers.apply('Add', [scaled, layers.apply('Unsqueeze', [hidden, layers.integers([1, 2])])]);
  const shares = layers.apply('Softmax', [masked], { axis: -1 });
  const joined = layers.apply('Transpose', [layers.apply('MatMul', [shares, split([0, 2, 1, 3])])], {
    perm: [0, 2, 1, 3],
  });
  return layers.dense(layers.apply('Reshape', [joined, layers.integers([0, 0, width])]), width, width);
}

function addTokens(layers: TinyLayers, hidden: string): TinyValue {
  layers.apply('Identity', [hidden], {}, 'last_hidden_state');
  return { name: 'last_hidden_state', type: 'float32', dimensions: ['batch', 'sequence', MINILM.width] };
}

function addLogits(layers: TinyLayers, hidden: string): TinyValue {
  const first = layers.apply('Gather', [hidden, layers.integers(0)], { axis: 1 });
  layers.apply('Identity', [layers.dense(first, MINILM.width, LABELS.length)], {}, 'logits');
  return { name: 'logits', type: 'float32', dimensions: ['batch', LABELS.length] };
}
