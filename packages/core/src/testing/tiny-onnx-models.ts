import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addEncoder, addMean, addWordOverlap, TINY_WIDTH } from './tiny-onnx-graphs.js';
import { TinyLayers } from './tiny-onnx-layers.js';
import { ELEMENT_TYPES, encodeOnnxModel, type TinyValue } from './tiny-onnx-protobuf.js';
import { TINY_VOCABULARY, tinyTokenizer, tinyTokenizerConfig } from './tiny-onnx-tokenizer.js';

/** Variants of a tiny model, as files in `onnx/`: floats all through, or dense layers of 8-bit integers. */
export type TinyVariant = 'model.onnx' | 'model_quantized.onnx';

/** What all tiny models can be told. */
export interface TinyModelOptions {
  /** @default both */
  readonly variants?: readonly TinyVariant[];
  /** Window in tokens. @default 256 */
  readonly maxTokens?: number;
  /** @default 1 */
  readonly seed?: number;
}

/** What a tiny embedding model can be told. */
export interface TinyEmbeddingOptions extends TinyModelOptions {
  /** The graph's output: a vector per token, or one per text (their mean). @default last_hidden_state */
  readonly output?: 'last_hidden_state' | 'sentence_embedding';
  /** Elements of the output. @default float32 */
  readonly elements?: 'float32' | 'float16';
}

/** Labels of an NLI model. */
export type TinyLabel = 'contradiction' | 'neutral' | 'entailment';

/** What a tiny NLI model can be told. */
export interface TinyNliOptions extends TinyModelOptions {
  /** By their index. @default contradiction, neutral, entailment */
  readonly labels?: readonly TinyLabel[];
}

const inputs: readonly TinyValue[] = ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
  name,
  type: 'int64',
  dimensions: ['batch', 'sequence'],
}));

const LOGITS: Readonly<Record<TinyLabel, { readonly slope: number; readonly offset: number }>> = {
  entailment: { slope: 8, offset: -4 },
  neutral: { slope: 0, offset: 0 },
  contradiction: { slope: -4, offset: 2 },
};

/**
 * Writes a sentence encoder of BERT's shape with random weights (one layer, one head, vectors of 16), laid out as on
 * the hub. Its vectors depend on words, their order and their neighbours, and mean nothing.
 */
export async function writeTinyEmbeddingModel(folder: string, options: TinyEmbeddingOptions = {}): Promise<void> {
  const { output = 'last_hidden_state', elements = 'float32', maxTokens = 256 } = options;
  const dimensions = output === 'last_hidden_state' ? ['batch', 'sequence', TINY_WIDTH] : ['batch', TINY_WIDTH];
  await writeModel(folder, { architectures: ['BertModel'] }, options, (layers) => {
    const hidden = addEncoder(layers, maxTokens);
    const result = output === 'last_hidden_state' ? hidden : addMean(layers, hidden);
    layers.apply('Cast', [result], { to: ELEMENT_TYPES[elements] }, output);
    return { name: output, type: elements, dimensions };
  });
}

/**
 * Writes an NLI cross-encoder, laid out as on the hub. The logit of entailment is 8 s - 4, of contradiction 2 - 4 s, of
 * neutral 0, s being the share of the hypothesis's words that the premise has; only the words of `isContentPiece` count.
 * A layer of BERT's shape with random weights adds a little to each.
 */
export async function writeTinyNliModel(folder: string, options: TinyNliOptions = {}): Promise<void> {
  const { labels = ['contradiction', 'neutral', 'entailment'], maxTokens = 256 } = options;
  const config = {
    architectures: ['BertForSequenceClassification'],
    id2label: Object.fromEntries(labels.map((label, index) => [index, label])),
    label2id: Object.fromEntries(labels.map((label, index) => [label, index])),
  };
  await writeModel(folder, config, options, (layers) => {
    const perLabel = (part: 'slope' | 'offset') =>
      layers.floats(
        Float32Array.from(labels, (label) => LOGITS[label][part]),
        [labels.length],
      );
    const rising = layers.apply('Mul', [addWordOverlap(layers), perLabel('slope')]);
    const certain = layers.apply('Add', [rising, perLabel('offset')]);
    const mean = addMean(layers, addEncoder(layers, maxTokens));
    const random = layers.apply('Mul', [layers.dense(mean, TINY_WIDTH, labels.length), layers.float(0.05)]);
    layers.apply('Add', [certain, random], {}, 'logits');
    return { name: 'logits', type: 'float32', dimensions: ['batch', labels.length] };
  });
}

async function writeModel(
  folder: string,
  config: object,
  { variants = ['model.onnx', 'model_quantized.onnx'], maxTokens = 256, seed = 1 }: TinyModelOptions,
  build: (layers: TinyLayers) => TinyValue,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  for (const variant of variants) {
    const layers = new TinyLayers(variant === 'model.onnx' ? 'fp32' : 'int8', seed);
    const output = build(layers);
    await writeFile(join(folder, 'onnx', variant), encodeOnnxModel(layers.finish(inputs, [output])));
  }
  const files = {
    'config.json': { ...commonConfig(maxTokens), ...config },
    'tokenizer.json': tinyTokenizer(),
    'tokenizer_config.json': tinyTokenizerConfig(maxTokens),
  };
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), `${JSON.stringify(content)}\n`);
  }
}

function commonConfig(maxTokens: number): object {
  return {
    model_type: 'bert',
    hidden_size: TINY_WIDTH,
    vocab_size: TINY_VOCABULARY.length,
    max_position_embeddings: maxTokens,
    type_vocab_size: 2,
    num_hidden_layers: 1,
    num_attention_heads: 1,
    pad_token_id: 0,
  };
}
