import { createHash } from 'node:crypto';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import type { TextEncoder } from '../semantic/text-encoder.js';
import { type EmbeddingTable, embeddingTable } from './embedding-table.js';
import { incompatibleModelFile, parseModelJson, readModelFile } from './model-file.js';
import { readSafetensors, type SafetensorsContent } from './safetensors.js';
import { mappingOf, weightsOf } from './token-tensors.js';
import { createTokeniser, type Tokeniser } from './tokeniser.js';

/** Where a static model's files are, and what is known of them: the `static` part of a model's manifest fits. */
export interface StaticModelFiles {
  readonly folder: string;
  /** Relative to the folder. @default "model.safetensors" */
  readonly weights?: string;
  /** Relative to the folder. @default "tokenizer.json" */
  readonly tokenizer?: string;
  /** Whether vectors are scaled to length 1. @default what `config.json` beside the weights says, or else true */
  readonly normalize?: boolean;
  /** Put before the hash in the identity. */
  readonly name?: string;
  /** What else names the model, its files' hashes among it. @default a hash of both files, which takes 4 ms for 6 MB */
  readonly identity?: string;
}

const configSchema = z.object({ normalize: z.boolean().default(true) });

/**
 * A static embedding in Model2Vec's layout (https://github.com/MinishLab/model2vec): a text's vector is the mean of the
 * rows of its tokens, each times its weight, unknown tokens left out, scaled to length 1 where the model says so; a text
 * without known tokens gives zeros. Vocabulary-quantised models have one row for several tokens.
 */
export class StaticModel implements TextEncoder {
  readonly dimensions: number;

  private constructor(
    readonly identity: string,
    private readonly tokeniser: Tokeniser,
    private readonly table: EmbeddingTable,
    /** By token id. */
    private readonly weights: Float32Array | Float64Array | undefined,
    /** Rows by token id; absent: they are the same. */
    private readonly mapping: Int32Array | undefined,
    private readonly normalize: boolean,
  ) {
    this.dimensions = table.dimensions;
  }

  /** @throws DocketError `model.not_installed` or `model.incompatible`, naming the file */
  static async load(files: StaticModelFiles): Promise<StaticModel> {
    const { folder, weights = 'model.safetensors', tokenizer = 'tokenizer.json', ...known } = files;
    const [weightsFile, tokenizerFile] = [join(folder, weights), join(folder, tokenizer)];
    const hash = known.identity === undefined;
    const [content, { tokeniser, sha256 }, normalize] = await Promise.all([
      readSafetensors(weightsFile, { names: ['embeddings', 'weights', 'mapping'], hash }),
      readTokeniser(tokenizerFile, hash),
      known.normalize ?? readNormalize(join(dirname(weightsFile), 'config.json')),
    ]);
    const identity = known.identity ?? identityOf([content.sha256, sha256], { normalize, name: known.name });
    const { table, weights: factors, mapping } = readTensors(content, tokeniser.size, weightsFile);
    return new StaticModel(identity, tokeniser, table, factors, mapping, normalize);
  }

  /** Ids of the known tokens of a text, the first `most` of them. */
  encode(text: string, most?: number): readonly number[] {
    return this.tokeniser.encode(text, most);
  }

  /**
   * @param most tokens to look at
   * @returns a vector of `dimensions`, or zeros
   */
  embedText(text: string, most?: number): Float32Array {
    const { table, weights, mapping } = this;
    const sum = new Float64Array(table.dimensions);
    const ids = this.encode(text, most);
    const rows = mapping ? ids.map((id) => mapping[id] as number) : ids;
    table.addRows(sum, rows, weights ? ids.map((id) => weights[id] ?? 1) : ids.map(() => 1));
    const divisor = this.normalize ? Math.sqrt(sum.reduce((square, value) => square + value * value, 0)) : ids.length;
    return Float32Array.from(sum, (value) => (divisor === 0 ? 0 : value / divisor));
  }

  async embed(texts: readonly string[]): Promise<readonly Float32Array[]> {
    return texts.map((text) => this.embedText(text));
  }

  /** All of a static model is in JavaScript's heap. */
  async dispose(): Promise<void> {}
}

async function readTokeniser(file: string, hash: boolean) {
  const bytes = await readModelFile(file);
  const sha256 = hash ? createHash('sha256').update(bytes).digest('hex') : undefined;
  return { tokeniser: await createTokeniser(bytes, file), sha256 };
}

function identityOf(
  hashes: readonly (string | undefined)[],
  { name, normalize }: { readonly name: string | undefined; readonly normalize: boolean },
): string {
  const digits = hashes.map((hash) => hash?.slice(0, 12)).join('+');
  return `${name ? `${name}@` : ''}${digits}${normalize ? '' : '+unscaled'}`;
}

async function readNormalize(file: string): Promise<boolean> {
  const bytes = await readModelFile(file).catch(() => undefined);
  const config = configSchema.safeParse(bytes ? parseModelJson(bytes, file) : {});
  if (!config.success) throw incompatibleModelFile(file, 'its "normalize" is neither true nor false', config.error);
  return config.data.normalize;
}

function readTensors({ tensors }: SafetensorsContent, tokens: number, file: string) {
  try {
    const embeddings = tensors.get('embeddings');
    if (!embeddings) throw new Error('it has no tensor "embeddings"');
    const table = embeddingTable(embeddings);
    const [weights, mapping] = [tensors.get('weights'), tensors.get('mapping')];
    const parts = { table, weights: weights && weightsOf(weights), mapping: mapping && mappingOf(mapping, table.rows) };
    const shortest = Math.min(parts.mapping?.length ?? table.rows, parts.weights?.length ?? tokens);
    if (shortest < tokens) throw new Error(`it knows ${shortest} tokens and the tokeniser ${tokens}`);
    return parts;
  } catch (error) {
    throw incompatibleModelFile(file, (error as Error).message, error);
  }
}
