import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A tensor to write. */
export interface TinyTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: Float32Array | Float64Array | Uint16Array | Int8Array | Int32Array | BigInt64Array;
}

/** What {@link writeTinyModel} writes. */
export interface TinyModel {
  readonly tensors: Readonly<Record<string, TinyTensor>>;
  /** @default {@link TINY_WORD_PIECE} */
  readonly tokenizer?: unknown;
  /** `config.json`; absent: there is none. */
  readonly config?: unknown;
}

/** A plain BERT tokeniser of six pieces. */
export const TINY_WORD_PIECE = {
  version: '1.0',
  added_tokens: [
    { id: 0, content: '[PAD]', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
    { id: 1, content: '[UNK]', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true },
  ],
  normalizer: {
    type: 'BertNormalizer',
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: 'BertPreTokenizer' },
  post_processor: null,
  decoder: null,
  model: {
    type: 'WordPiece',
    unk_token: '[UNK]',
    continuing_subword_prefix: '##',
    max_input_chars_per_word: 100,
    vocab: { '[PAD]': 0, '[UNK]': 1, red: 2, blue: 3, '##s': 4, '"': 5 },
  },
};

/** Rows of two dimensions for {@link TINY_WORD_PIECE}, all of them numbers that every type has. */
export const TINY_ROWS = [9, 9, 8, 8, 3, 4, 1, -2, 0.5, 0.25, -4, 0];

/** Writes a model into a new folder, which it returns. */
export async function writeTinyModel({ tensors, tokenizer = TINY_WORD_PIECE, config }: TinyModel): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-static-'));
  await writeFile(join(folder, 'model.safetensors'), safetensors(tensors));
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer));
  if (config !== undefined) await writeFile(join(folder, 'config.json'), JSON.stringify(config));
  return folder;
}

/** The bytes of a `.safetensors` file. */
export function safetensors(tensors: Readonly<Record<string, TinyTensor>>): Buffer {
  let offset = 0;
  const header: Record<string, unknown> = { __metadata__: { format: 'pt' } };
  for (const [name, { dtype, shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype, shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const data = Object.values(tensors).map(({ values }) => Buffer.from(values.buffer));
  return Buffer.concat([length, text, ...data]);
}
