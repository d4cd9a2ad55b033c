import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DocketError } from '../../errors.js';
import { WordPieceTokeniser } from './word-piece.js';

const tensorSchema = z.object({
  dtype: z.enum(['F32', 'I8']),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const headerSchema = z.object({ embeddings: tensorSchema, weights: tensorSchema.optional() });
const tokenizerSchema = z.object({
  model: z.object({
    type: z.literal('WordPiece'),
    unk_token: z.string(),
    continuing_subword_prefix: z.string().default('##'),
    max_input_chars_per_word: z.number().default(100),
    // Thirty thousand numbers: checking each would take longer than reading them.
    vocab: z.custom<Readonly<Record<string, number>>>((vocab) => typeof vocab === 'object' && vocab !== null),
  }),
});
const backgroundSchema = z.object({ document_mean: z.array(z.number()), rule_mean: z.array(z.number()) });

/** Mean vectors that are subtracted before a cosine means something. */
export interface BackgroundVectors {
  readonly document: Float32Array;
  readonly rule: Float32Array;
}

/**
 * A static embedding in Model2Vec's layout: a text's vector is the weighted mean of the vectors of its word pieces, scaled
 * to length 1; a text without known pieces gives zeros.
 */
export class StaticModel {
  private constructor(
    /** Hash of the weights. */
    readonly identity: string,
    readonly dimensions: number,
    private readonly tokeniser: WordPieceTokeniser,
    private readonly embeddings: Float32Array | Int8Array,
    private readonly weights: Float32Array | undefined,
    /** Zeros where the model brings none. */
    readonly background: BackgroundVectors,
  ) {}

  /**
   * @param folder holds `model.safetensors`, `tokenizer.json` and perhaps `background.json`
   * @throws DocketError `model.not_installed` or `model.incompatible`, naming the file
   */
  static async load(folder: string): Promise<StaticModel> {
    const [weightsFile, tokenizer] = await Promise.all([
      readModelFile(folder, 'model.safetensors'),
      readModelFile(folder, 'tokenizer.json'),
    ]);
    const tensors = parseSafetensors(weightsFile, folder);
    const { model } = parseJson(tokenizer, tokenizerSchema, join(folder, 'tokenizer.json'));
    const tokeniser = new WordPieceTokeniser({
      vocab: model.vocab,
      continuingPrefix: model.continuing_subword_prefix,
      maxWordLength: model.max_input_chars_per_word,
    });
    const identity = createHash('sha256').update(weightsFile).digest('hex').slice(0, 12);
    const background = await readBackground(folder, tensors.dimensions);
    return new StaticModel(identity, tensors.dimensions, tokeniser, tensors.embeddings, tensors.weights, background);
  }

  /** Ids of the word pieces of a text, unknown ones left out. */
  encode(text: string, most?: number): number[] {
    return this.tokeniser.encode(text, most);
  }

  /**
   * @param most word pieces to look at
   * @returns a vector of `dimensions` and length 1, or zeros
   */
  embed(text: string, most?: number): Float32Array {
    const { dimensions, embeddings, weights } = this;
    const sum = new Float32Array(dimensions);
    for (const id of this.encode(text, most)) {
      const weight = weights?.[id] ?? 1;
      const row = id * dimensions;
      for (let index = 0; index < dimensions; index++) {
        sum[index] = (sum[index] as number) + weight * (embeddings[row + index] as number);
      }
    }
    return scaleToLength1(sum);
  }
}

/** Cosine of two vectors after subtracting a mean from each; 0 when one of them is nothing. */
export function centredCosine(
  one: Float32Array,
  oneMean: Float32Array,
  other: Float32Array,
  otherMean: Float32Array,
): number {
  let product = 0;
  let oneSquare = 0;
  let otherSquare = 0;
  for (let index = 0; index < one.length; index++) {
    const first = (one[index] as number) - (oneMean[index] as number);
    const second = (other[index] as number) - (otherMean[index] as number);
    product += first * second;
    oneSquare += first * first;
    otherSquare += second * second;
  }
  return product === 0 ? 0 : product / Math.sqrt(oneSquare * otherSquare);
}

function scaleToLength1(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
}

async function readModelFile(folder: string, name: string): Promise<Buffer> {
  try {
    return await readFile(join(folder, name));
  } catch (error) {
    const message = `the model file ${join(folder, name)} is not there; a static model needs model.safetensors and tokenizer.json`;
    throw new DocketError('model.not_installed', message, { data: { folder, name }, cause: error });
  }
}

function parseJson<Schema extends z.ZodType>(bytes: Buffer, schema: Schema, file: string): z.infer<Schema> {
  try {
    return schema.parse(JSON.parse(bytes.toString('utf8')));
  } catch (error) {
    throw incompatible(file, 'it is not what a static model needs (a WordPiece tokenizer.json)', error);
  }
}

function parseSafetensors(bytes: Buffer, folder: string) {
  const file = join(folder, 'model.safetensors');
  try {
    const headerLength = Number(bytes.readBigUInt64LE(0));
    const header = headerSchema.parse(JSON.parse(bytes.subarray(8, 8 + headerLength).toString('utf8')));
    const data = bytes.subarray(8 + headerLength);
    const dimensions = header.embeddings.shape[1] ?? 0;
    const embeddings = tensor(data, header.embeddings);
    if (dimensions === 0 || embeddings.length !== dimensions * (header.embeddings.shape[0] ?? 0))
      throw new Error('shape');
    const weights = header.weights && tensor(data, header.weights);
    return { dimensions, embeddings, weights: weights instanceof Float32Array ? weights : undefined };
  } catch (error) {
    throw incompatible(file, 'it holds no F32 or I8 tensor "embeddings" of two dimensions, or is cut off', error);
  }
}

function tensor(data: Buffer, { dtype, data_offsets: [start, end] }: z.infer<typeof tensorSchema>) {
  if (end > data.length) throw new Error('cut off');
  const copy = new Uint8Array(data.subarray(start, end)).buffer;
  return dtype === 'F32' ? new Float32Array(copy) : new Int8Array(copy);
}

async function readBackground(folder: string, dimensions: number): Promise<BackgroundVectors> {
  const file = join(folder, 'background.json');
  const zeros = { document: new Float32Array(dimensions), rule: new Float32Array(dimensions) };
  const bytes = await readFile(file).catch(() => undefined);
  if (!bytes) return zeros;
  const means = parseJson(bytes, backgroundSchema, file);
  const vectors = { document: Float32Array.from(means.document_mean), rule: Float32Array.from(means.rule_mean) };
  if (vectors.document.length !== dimensions || vectors.rule.length !== dimensions) {
    throw incompatible(file, `its vectors do not have the model's ${dimensions} dimensions`, undefined);
  }
  return vectors;
}

function incompatible(file: string, problem: string, cause: unknown): DocketError {
  return new DocketError('model.incompatible', `the model file ${file} does not fit: ${problem}`, {
    data: { file },
    cause,
  });
}
