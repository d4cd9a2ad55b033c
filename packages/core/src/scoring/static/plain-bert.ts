import { z } from 'zod';
import { VocabularyIndex } from './vocabulary-index.js';
import { PUNCTUATION, WordPieceTokeniser } from './word-piece.js';

const BEGINS_WITH_PUNCTUATION = new RegExp(`^[${PUNCTUATION}]`, 'u');

/** A `tokenizer.json` that {@link WordPieceTokeniser} reads; anything else about it would be another kind. */
const plainBertSchema = z.object({
  normalizer: z.object({
    type: z.literal('BertNormalizer'),
    clean_text: z.literal(true),
    handle_chinese_chars: z.boolean(),
    /** null: as `lowercase`. */
    strip_accents: z.boolean().nullable(),
    lowercase: z.boolean(),
  }),
  pre_tokenizer: z.object({ type: z.literal('BertPreTokenizer') }),
  added_tokens: z.array(
    z.object({
      id: z.number().int().nonnegative(),
      content: z.string().regex(BEGINS_WITH_PUNCTUATION),
      single_word: z.literal(false),
      lstrip: z.literal(false),
      rstrip: z.literal(false),
      normalized: z.literal(false),
    }),
  ),
  model: z.object({
    type: z.literal('WordPiece'),
    unk_token: z.string(),
    continuing_subword_prefix: z.string(),
    max_input_chars_per_word: z.number(),
    /** Its pieces are in a {@link VocabularyIndex} by now. */
    vocab: z.strictObject({}),
  }),
});

/** What {@link WordPieceTokeniser} is made of. */
export type PlainBert = z.infer<typeof plainBertSchema>;

/**
 * Reads a `tokenizer.json` of the plain kind without making an object of its vocabulary.
 * @returns undefined for every other kind, and for what is no JSON
 */
export function readPlainBert(file: Buffer): WordPieceTokeniser | undefined {
  try {
    if (!file.includes('"WordPiece"')) return undefined;
    const bytes = file.includes('\\u') ? Buffer.from(JSON.stringify(JSON.parse(file.toString('utf8')))) : file;
    const start = vocabularyStart(bytes);
    const vocabulary = new VocabularyIndex(bytes, start);
    const content = JSON.parse(`${bytes.toString('utf8', 0, start)}}${bytes.toString('utf8', vocabulary.end)}`);
    const bert = plainBertSchema.safeParse(content);
    return bert.success ? new WordPieceTokeniser(bert.data, vocabulary) : undefined;
  } catch {
    return undefined;
  }
}

/** The offset behind the brace of `"vocab": {`. */
function vocabularyStart(bytes: Buffer): number {
  const key = '"vocab"';
  for (let at = bytes.indexOf(key); at >= 0; at = bytes.indexOf(key, at + 1)) {
    const opening = /^"vocab"\s*:\s*\{/.exec(bytes.toString('latin1', at, at + 40));
    if (opening) return at + opening[0].length;
  }
  throw new Error('no vocabulary');
}
