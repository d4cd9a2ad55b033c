import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { placeForModels } from '../../testing/temporary-models.js';
import { TINY_VOCABULARY, tinyTokenizer } from '../../testing/tiny-onnx-tokenizer.js';
import { ModelTokenizer } from './model-tokenizer.js';

const place = placeForModels();

async function load(name: string, definition: unknown, config?: unknown): Promise<ModelTokenizer> {
  const folder = place(name);
  await mkdir(folder, { recursive: true });
  const write = (file: string, content: unknown) =>
    writeFile(join(folder, file), typeof content === 'string' ? content : JSON.stringify(content));
  if (definition !== undefined) await write('tokenizer.json', definition);
  if (config !== undefined) await write('tokenizer_config.json', config);
  return ModelTokenizer.load({ name, folder });
}

/** Pieces of characters and of words that spaces begin, as SentencePiece has them. */
function unigram(pieces: readonly string[], changes: object = {}): object {
  const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });
  const sequence = (id: string) => ({ Sequence: { id, type_id: 0 } });
  const single = [special('<s>'), sequence('A'), special('</s>')];
  return {
    added_tokens: ['<s>', '</s>', '<unk>'].map((content, id) => ({ id, content, special: true, normalized: false })),
    normalizer: null,
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, special('</s>'), sequence('B'), special('</s>')],
      special_tokens: {},
    },
    decoder: null,
    model: { type: 'Unigram', unk_id: 2, vocab: ['<s>', '</s>', '<unk>', ...pieces].map((piece) => [piece, -1]) },
    ...changes,
  };
}

const idOf = (piece: string) => TINY_VOCABULARY.indexOf(piece);

describe('a single text', () => {
  it('has special tokens around it, and keeps them when it is cut', async () => {
    const tokenizer = await load('bert', tinyTokenizer());
    const ids = (maxTokens: number) => tokenizer.encode('invoice rent due', { maxTokens })?.ids;
    const [first, last] = [idOf('[CLS]'), idOf('[SEP]')];
    const words = ['invoice', 'rent', 'due'].map(idOf);
    expect(ids(5)).toEqual([first, ...words, last]);
    expect(ids(4)).toEqual([first, ...words.slice(0, 2), last]);
    expect(ids(3)).toEqual([first, ...words.slice(0, 1), last]);
    expect(ids(1)).toEqual([first, last]);
  });

  it('knows nothing of a text when all of it is unknown, whatever is put before it', async () => {
    const tokenizer = await load('bert', tinyTokenizer());
    const encode = (text: string) => tokenizer.encode(text, { prefix: 'document: ', maxTokens: 9 })?.ids.length;
    expect([' ', '漢字', '\u200b', 'tax 漢'].map(encode)).toEqual([undefined, undefined, undefined, 6]);
  });

  it('knows nothing when there is a space and something unknown, in pieces of words', async () => {
    const tokenizer = await load('unigram', unigram(['▁', '▁a', 'b']));
    const encode = (text: string) => tokenizer.encode(text, { maxTokens: 9 })?.ids;
    expect([encode('漢'), encode('a'), encode('b')]).toEqual([undefined, [0, 4, 1], [0, 3, 5, 1]]);
    expect(tokenizer.encode('ab', { prefix: 'a ', maxTokens: 4 })?.ids).toEqual([0, 4, 4, 1]);
  });

  it('leaves out what is not in a vocabulary that has no token for it', async () => {
    const model = { type: 'BPE', vocab: { '<s>': 0, '</s>': 1, a: 3, b: 4 }, merges: [], unk_token: null };
    const tokenizer = await load('bpe', unigram([], { model, pre_tokenizer: null }));
    expect(tokenizer.encode('a漢b', { maxTokens: 9 })).toEqual({ ids: [0, 3, 4, 1], typeIds: [0, 0, 0, 0] });
    expect(tokenizer.encode('漢', { maxTokens: 9 })).toBeUndefined();
  });
});

describe('a pair', () => {
  it('says which token is of which text, and is cut in the first', async () => {
    const tokenizer = await load('bert', tinyTokenizer());
    const pair = { premise: 'invoice rent due', hypothesis: 'tax total' };
    const [first, last] = [idOf('[CLS]'), idOf('[SEP]')];
    expect(tokenizer.encodePair(pair, 7)).toEqual({
      ids: [first, ...['invoice', 'rent'].map(idOf), last, ...['tax', 'total'].map(idOf), last],
      typeIds: [0, 0, 0, 0, 1, 1, 1],
    });
    expect(() => tokenizer.encodePair(pair, 5)).toThrow('shorten the description');
  });

  it('counts all special tokens of families that have two between', async () => {
    const tokenizer = await load('unigram', unigram(['▁', '▁a', 'b']));
    const { ids } = tokenizer.encodePair({ premise: 'ab ab ab', hypothesis: 'a' }, 8);
    expect(ids).toEqual([0, 4, 5, 4, 1, 1, 4, 1]);
  });

  it('is refused by a tokenizer that forgets the second text', async () => {
    const post_processor = { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true };
    const tokenizer = await load('forgetful', unigram(['▁', '▁a'], { post_processor }));
    expect(() => tokenizer.encodePair({ premise: 'a', hypothesis: 'a' }, 8)).toThrow('it cannot join two texts');
  });
});

describe('files that are no tokenizer', () => {
  const empty = { ...tinyTokenizer(), model: { type: 'WordPiece', unk_token: '[UNK]', vocab: {} }, added_tokens: [] };

  it.each([
    ['nothing', undefined, 'it is not there'],
    ['page', '<!doctype html><html>Not found</html>', 'is not valid JSON'],
    ['rubbish', { version: '1.0' }, 'must contain a "model" property'],
    ['null', 'null', 'must be a valid object'],
    ['empty', empty, 'its vocabulary knows none of a 1'],
  ])('%s: names the file and the command', async (name, definition, reason) => {
    const path = join(place(name), 'tokenizer.json');
    await expect(load(name, definition)).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringMatching(new RegExp(`"${name}" cannot be used: .*${reason}.*docket models verify ${name}`)),
      data: { model: name, path },
    });
  });

  it('names the settings beside it when those cannot be read', async () => {
    const path = join(place('settings'), 'tokenizer_config.json');
    await expect(load('settings', tinyTokenizer(), '{')).rejects.toMatchObject({
      code: 'model.incompatible',
      data: { path },
    });
  });
});
