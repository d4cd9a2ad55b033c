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

/** How a text is encoded. */
export interface EncodingOptions {
  /** Put before the text. */
  readonly prefix?: string;
  /** Special ones included. */
  readonly maxTokens: number;
}

/** At least one of these is in every vocabulary. */
const PROBES = ['a', '1', '.', '的', 'и', 'ا', 'の', 'क'];

/** Spaces as pieces of their own. */
const BLANKS = ['▁', 'Ġ'];

/** The tokenizer of a model: `tokenizer.json` and, where there is one, `tokenizer_config.json`. */
export class ModelTokenizer {
  /** Special tokens before and after a text, and around and between two. */
  private readonly leading: number;
  private readonly trailing: number;
  private readonly aroundPair: number;
  /** Tokens that say nothing. */
  private readonly meaningless: ReadonlySet<number | undefined>;

  private constructor(
    private readonly tokenizer: Tokenizer,
    private readonly name: string,
    private readonly path: string,
  ) {
    const blanks = BLANKS.map((piece) => tokenizer.token_to_id(piece));
    this.meaningless = new Set([tokenizer.model?.unk_token_id, ...blanks]);
    const probe = PROBES.find((text) => this.saysSomething(this.contentOf(text)));
    if (probe === undefined) throw new Error(`its vocabulary knows none of ${PROBES.join(' ')}`);
    const bare = this.contentOf(probe);
    const { ids } = this.sequenceOf(probe);
    this.leading = ids.findIndex((_, start) => bare.every((id, offset) => ids[start + offset] === id));
    if (this.leading === -1) throw new Error('special tokens change how it cuts a text');
    this.trailing = ids.length - this.leading - bare.length;
    this.aroundPair = this.sequenceOf(probe, probe).ids.length - 2 * bare.length;
  }

  /** @throws DocketError `model.incompatible` when a file is missing or not what it should be */
  static async load({ name, folder }: ModelLocation): Promise<ModelTokenizer> {
    const path = join(folder, 'tokenizer.json');
    const config = await readTokenizerConfig({ name, folder });
    try {
      const definition = JSON.parse(await readFile(path, 'utf8'));
      return new ModelTokenizer(new Tokenizer(definition, config), name, path);
    } catch (error) {
      throw unusableModel(name, path, error);
    }
  }

  /** A text's tokens, cut off before the special ones at the end; undefined when none of its own is known. */
  encode(text: string, { prefix = '', maxTokens }: EncodingOptions): TokenSequence | undefined {
    if (text.trim() === '') return undefined;
    const sequence = this.sequenceOf(prefix + text);
    const end = sequence.ids.length - this.trailing;
    const content = sequence.ids.slice(this.leading, end);
    if (!this.saysSomething(prefix === '' ? content : this.contentOf(text))) return undefined;
    const excess = Math.min(content.length, Math.max(0, sequence.ids.length - maxTokens));
    return withoutRange(sequence, end - excess, excess);
  }

  /**
   * The tokens of a pair; the premise is cut off so that there are `maxTokens`, the hypothesis never is.
   *
   * @throws DocketError `request.invalid_rules` when the hypothesis leaves no room for a premise, `model.incompatible`
   * when the tokenizer cannot join two texts
   */
  encodePair({ premise, hypothesis }: EntailmentPair, maxTokens: number): TokenSequence {
    if (this.aroundPair < 0) throw unusableModel(this.name, this.path, 'it cannot join two texts');
    const sequence = this.sequenceOf(premise, hypothesis);
    const excess = sequence.ids.length - maxTokens;
    if (excess <= 0) return sequence;
    const hypothesisTokens = this.contentOf(hypothesis).length;
    const premiseTokens = sequence.ids.length - this.aroundPair - hypothesisTokens;
    if (excess >= premiseTokens) throw this.tooLong(hypothesisTokens, maxTokens);
    return withoutRange(sequence, this.leading + premiseTokens - excess, excess);
  }

  private saysSomething(content: readonly number[]): boolean {
    return content.some((id) => !this.meaningless.has(id));
  }

  private contentOf(text: string): readonly number[] {
    return this.tokenizer.encode(text, { add_special_tokens: false }).ids.filter(isInVocabulary);
  }

  private sequenceOf(text: string, second?: string): TokenSequence {
    const options = { text_pair: second ?? null, return_token_type_ids: true } as const;
    const { ids, token_type_ids: types = [] } = this.tokenizer.encode(text, options);
    const isKnown = ids.map(isInVocabulary);
    if (isKnown.every(Boolean)) return { ids, typeIds: types };
    const keep = (list: readonly number[]) => list.filter((_, index) => isKnown[index]);
    return { ids: keep(ids), typeIds: keep(types) };
  }

  private tooLong(tokens: number, maxTokens: number): DocketError {
    const message =
      `a rule makes a sentence of ${tokens} tokens, and model "${this.name}" reads ${maxTokens} together with the text: ` +
      'shorten the description of the rule, or use a model with a longer window';
    return new DocketError('request.invalid_rules', message, { data: { tokens, maxTokens, model: this.name } });
  }
}

async function readTokenizerConfig({ name, folder }: ModelLocation): Promise<object> {
  const path = join(folder, 'tokenizer_config.json');
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw unusableModel(name, path, error);
  }
}

/** The library gives no number to a piece that is not in a vocabulary without a token for what is unknown. */
function isInVocabulary(id: number | undefined): boolean {
  return id !== undefined;
}

function withoutRange({ ids, typeIds }: TokenSequence, start: number, count: number): TokenSequence {
  if (count === 0) return { ids, typeIds };
  return { ids: ids.toSpliced(start, count), typeIds: typeIds.toSpliced(start, count) };
}
