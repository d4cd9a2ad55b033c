import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { addEncoder, addMean, addWordOverlap, BERT_INPUTS, TINY_WIDTH, type TinyInput } from './tiny-onnx-graphs.js';
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
  /** Whether the graph gives nothing but NaN. @default false */
  readonly isSpoilt?: boolean;
}

/** What a tiny embedding model can be told. */
export interface TinyEmbeddingOptions extends TinyModelOptions {
  /** The graph's output: a vector per token, or one per text (their mean). @default last_hidden_state */
  readonly output?: 'last_hidden_state' | 'sentence_embedding';
  /** Elements of the output. @default float32 */
  readonly elements?: 'float32' | 'float16';
  /** @default those of BERT */
  readonly inputs?: readonly TinyInput[];
  /** Adds outputs in front that are not the text's vectors: a layer's, the attention mask, and the mean. @default false */
  readonly hasExtras?: boolean;
  /** Whether all texts have the same vector. @default false */
  readonly isConstant?: boolean;
}

/** Labels of an NLI model. */
export type TinyLabel = 'contradiction' | 'neutral' | 'entailment';

/** What a tiny NLI model can be told. */
export interface TinyNliOptions extends TinyModelOptions {
  /** By their index. @default contradiction, neutral, entailment */
  readonly labels?: readonly TinyLabel[];
}

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
  const { output = 'last_hidden_state', elements = 'float32', maxTokens = 256, inputs = BERT_INPUTS } = options;
  await writeModel(folder, { architectures: ['BertModel'] }, options, (layers) => {
    const hidden = addEncoder(layers, { maxTokens, inputs });
    const result = output === 'last_hidden_state' ? hidden : addMean(layers, hidden);
    const values = options.isConstant ? levelled(layers, result) : spoil(layers, result, options);
    layers.apply('Cast', [values], { to: ELEMENT_TYPES[elements] }, output);
    const dimensions = output === 'last_hidden_state' ? PER_TOKEN : PER_TEXT;
    return [...(options.hasExtras ? addExtras(layers, hidden) : []), { name: output, type: elements, dimensions }];
  });
}

const PER_TOKEN = ['batch', 'sequence', TINY_WIDTH];
const PER_TEXT = ['batch', TINY_WIDTH];

function addExtras(layers: TinyLayers, hidden: string): TinyValue[] {
  layers.apply('Mul', [hidden, layers.float(2)], {}, 'hidden_states.0');
  layers.apply('Mul', ['attention_mask', layers.integers(1)], {}, 'mask');
  layers.apply('Mul', [addMean(layers, hidden), layers.float(3)], {}, 'pooler_output');
  return [
    { name: 'hidden_states.0', type: 'float32', dimensions: PER_TOKEN },
    { name: 'mask', type: 'int64', dimensions: ['batch', 'sequence'] },
    { name: 'pooler_output', type: 'float32', dimensions: PER_TEXT },
  ];
}

function levelled(layers: TinyLayers, values: string): string {
  return layers.apply('Add', [layers.apply('Mul', [values, layers.float(0)]), layers.float(1)]);
}

function spoil(layers: TinyLayers, values: string, { isSpoilt = false }: TinyModelOptions): string {
  return isSpoilt ? layers.apply('Mul', [values, layers.float(Number.NaN)]) : values;
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
    const mean = addMean(layers, addEncoder(layers, { maxTokens }));
    const random = layers.apply('Mul', [layers.dense(mean, TINY_WIDTH, labels.length), layers.float(0.05)]);
    layers.apply('Add', [certain, spoil(layers, random, options)], {}, 'logits');
    return [{ name: 'logits', type: 'float32', dimensions: ['batch', labels.length] }];
  });
}

async function writeModel(
  folder: string,
  config: object,
  options: TinyModelOptions & { readonly inputs?: readonly TinyInput[] },
  build: (layers: TinyLayers) => readonly TinyValue[],
): Promise<void> {
  const { variants = ['model.onnx', 'model_quantized.onnx'], maxTokens = 256, seed = 1 } = options;
  const names = options.inputs ?? BERT_INPUTS;
  const inputs = names.map((name) => ({ name, type: 'int64' as const, dimensions: ['batch', 'sequence'] }));
  await mkdir(join(folder, 'onnx'), { recursive: true });
  for (const variant of variants) {
    const layers = new TinyLayers(variant === 'model.onnx' ? 'fp32' : 'int8', seed);
    const outputs = build(layers);
    await writeFile(join(folder, 'onnx', variant), encodeOnnxModel(layers.finish(inputs, outputs)));
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
