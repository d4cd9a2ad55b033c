import { Tokenizer } from '@huggingface/tokenizers';
import { z } from 'zod';
import { isPadding } from './padding-token.js';
import type { Tokeniser } from './tokeniser.js';

/** Characters of a text that are looked at for each token that is wanted: few tokens are longer. */
const CHARACTERS_PER_TOKEN = 16;

const contentSchema = z.looseObject({
  model: z.looseObject({ type: z.enum(['WordPiece', 'Unigram', 'BPE']) }),
  normalizer: z.unknown().default(null),
  pre_tokenizer: z.unknown().default(null),
  added_tokens: z.array(z.looseObject({ id: z.number().int().nonnegative(), content: z.string() })).default([]),
});

/** Any WordPiece, Unigram or BPE, through Hugging Face's library. */
export class LibraryTokeniser implements Tokeniser {
  readonly size: number;
  private readonly tokenizer: Tokenizer;
  private readonly leftOut: ReadonlySet<number | undefined>;

  /**
   * @param content of a `tokenizer.json`
   * @throws whatever the library throws when it cannot read it
   */
  constructor(content: unknown) {
    const { added_tokens: added, ...parts } = contentSchema.parse(content);
    this.tokenizer = new Tokenizer({ ...parts, added_tokens: added, post_processor: null, decoder: null }, {});
    const { model } = this.tokenizer;
    if (!model || model.vocab.length === 0) throw new Error('no vocabulary');
    this.size = model.vocab.length;
    const padding = added.filter((token) => isPadding(token.content)).map(({ id }) => id);
    this.leftOut = new Set([undefined, model.unk_token_id, ...padding]);
  }

  encode(text: string, most = Number.POSITIVE_INFINITY): readonly number[] {
    const start = text.length / CHARACTERS_PER_TOKEN > most ? cut(text, most * CHARACTERS_PER_TOKEN) : text;
    const { ids } = this.tokenizer.encode(start, { add_special_tokens: false });
    const known = ids.filter((id: number) => !this.leftOut.has(id));
    return known.length > most ? known.slice(0, most) : known;
  }
}

/** The beginning of a text; no surrogate pair is parted. */
function cut(text: string, length: number): string {
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? length - 1 : length);
}
