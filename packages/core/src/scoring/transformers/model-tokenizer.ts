import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import { DocketError } from '../../errors.js';
import type { EntailmentPair } from '../zero-shot/entailment-model.js';
import { type ModelLocation, unusableModel } from './unusable-model.js';

/** A text as a transformer reads it: one number per token, special ones included, and which of two texts it is of. */
export interface TokenSequence {
  readonly ids: readonly number[];
  readonly typeIds: readonly number[];
}

const PROBE = 'a';

/** The tokenizer of a model: `tokenizer.json` and, where there is one, `tokenizer_config.json`. */
export class ModelTokenizer {
  private readonly prefix: number;
  private readonly suffix: number;
  private readonly pairExtras: number;

  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly name: string,
  ) {
    const bare = this.contentOf(PROBE);
    const ids: readonly number[] = tokenizer.encode(PROBE).ids;
    this.prefix = Math.max(
      0,
      ids.findIndex((_, start) => bare.every((id, offset) => ids[start + offset] === id)),
    );
    this.suffix = ids.length - this.prefix - bare.length;
    this.pairExtras = tokenizer.encode(PROBE, { text_pair: PROBE }).ids.length - 2 * bare.length;
  }

  /** @throws DocketError `model.incompatible` when a file is missing or not what it should be */
  static async load({ name, folder }: ModelLocation): Promise<ModelTokenizer> {
    const path = join(folder, 'tokenizer.json');
    try {
      const definition = JSON.parse(await readFile(path, 'utf8'));
      return new ModelTokenizer(new Tokenizer(definition, await readTokenizerConfig(folder)), name);
    } catch (error) {
      throw unusableModel(name, path, error);
    }
  }

  /** A text's tokens, cut off so that there are `maxTokens` with the special ones; undefined when it has none of its own. */
  encode(text: string, maxTokens: number): TokenSequence | undefined {
    const { ids, token_type_ids } = this.tokenizer.encode(text, { return_token_type_ids: true });
    const content = ids.length - this.prefix - this.suffix;
    if (content <= 0) return undefined;
    const excess = Math.max(0, ids.length - maxTokens);
    return withoutRange({ ids, typeIds: token_type_ids ?? [] }, ids.length - this.suffix - excess, excess);
  }

  /**
   * The tokens of a pair; the premise is cut off so that there are `maxTokens`, the hypothesis never is.
   *
   * @throws DocketError `request.invalid_rules` when the hypothesis leaves no room for a premise
   */
  encodePair({ premise, hypothesis }: EntailmentPair, maxTokens: number): TokenSequence {
    const encoding = this.tokenizer.encode(premise, { text_pair: hypothesis, return_token_type_ids: true });
    const sequence = { ids: encoding.ids, typeIds: encoding.token_type_ids ?? [] };
    const excess = encoding.ids.length - maxTokens;
    if (excess <= 0) return sequence;
    const hypothesisTokens = this.contentOf(hypothesis).length;
    const premiseTokens = encoding.ids.length - this.pairExtras - hypothesisTokens;
    if (excess >= premiseTokens) throw this.tooLong(hypothesisTokens, maxTokens);
    return withoutRange(sequence, this.prefix + premiseTokens - excess, excess);
  }

  private contentOf(text: string): readonly number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids;
  }

  private tooLong(tokens: number, maxTokens: number): DocketError {
    const message =
      `a rule makes a sentence of ${tokens} tokens, and model "${this.name}" reads ${maxTokens} together with the text: ` +
      'shorten the description of the rule, or use a model with a longer window';
    return new DocketError('request.invalid_rules', message, { data: { tokens, maxTokens, model: this.name } });
  }
}

async function readTokenizerConfig(folder: string): Promise<object> {
  try {
    return JSON.parse(await readFile(join(folder, 'tokenizer_config.json'), 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

function withoutRange({ ids, typeIds }: TokenSequence, start: number, count: number): TokenSequence {
  if (count === 0) return { ids, typeIds };
  return { ids: ids.toSpliced(start, count), typeIds: typeIds.toSpliced(start, count) };
}
