import { incompatibleModelFile, parseModelJson } from './model-file.js';
import { readPlainBert } from './plain-bert.js';

/** Turns a text into ids of tokens, as a static model wants them: no special tokens, unknown and padding ones left out. */
export interface Tokeniser {
  /** Greater than any id. */
  readonly size: number;
  /** @param most ids to give; what follows them in the text is not looked at */
  encode(text: string, most?: number): readonly number[];
}

/**
 * The tokeniser that a `tokenizer.json` describes. BERT's own kind, which most static models have, is done here: with
 * `@huggingface/tokenizers` reading Docket's built-in model takes 51 ms of the 60 that it may cost, 111 where two other
 * processes keep both cores busy; with ours 24 and 38. It splits 3,000 passages of 256 tokens a second, ours 15,000.
 * Both give the same ids (a test compares them). All other kinds go through the library, which is loaded when one is met.
 * @throws DocketError `model.incompatible`, naming the file
 */
export async function createTokeniser(bytes: Buffer, file: string): Promise<Tokeniser> {
  const plain = readPlainBert(bytes);
  if (plain) return plain;
  const content = parseModelJson(bytes, file);
  try {
    const { LibraryTokeniser } = await import('./library-tokeniser.js');
    return new LibraryTokeniser(content);
  } catch (error) {
    throw incompatibleModelFile(file, 'it is no tokenizer.json of the kind WordPiece, Unigram or BPE', error);
  }
}
