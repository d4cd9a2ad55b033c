import { describe, expect, it } from 'vitest';
import { LibraryTokeniser } from './library-tokeniser.js';
import { TINY_WORD_PIECE } from './testing/tiny-static-model.js';
import { createTokeniser } from './tokeniser.js';
import { WordPieceTokeniser } from './word-piece.js';

const UNIGRAM = {
  added_tokens: [{ id: 0, content: '<pad>', special: true, normalized: false }],
  normalizer: { type: 'NFKC' },
  pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
  model: {
    type: 'Unigram',
    unk_id: 1,
    vocab: [
      ['<pad>', 0],
      ['<unk>', 0],
      ['▁', -4],
      ['▁net', -2],
      ['▁due', -2],
      ['s', -3],
      ['d', -5],
      ['ue', -5],
    ],
  },
};

const BPE = {
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Whitespace' },
  model: {
    type: 'BPE',
    unk_token: '<unk>',
    vocab: { '<unk>': 0, n: 1, e: 2, t: 3, ne: 4, net: 5, d: 6, u: 7, ue: 8 },
    merges: ['n e', 'ne t', 'u e'],
  },
};

const BYTE_LEVEL = {
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
  model: {
    type: 'BPE',
    unk_token: null,
    vocab: { n: 0, e: 1, t: 2, Ġ: 3, ne: 4, Ã: 5, '©': 6, 'Ã©': 7 },
    merges: [
      ['n', 'e'],
      ['Ã', '©'],
    ],
  },
};

const create = (content: unknown) => createTokeniser(Buffer.from(JSON.stringify(content)), 'tokenizer.json');

describe('createTokeniser', () => {
  it('reads plain BERT itself and everything else through the library', async () => {
    expect(await create(TINY_WORD_PIECE)).toBeInstanceOf(WordPieceTokeniser);
    const other = { ...TINY_WORD_PIECE, pre_tokenizer: { type: 'Whitespace' } };
    expect(await create(other)).toBeInstanceOf(LibraryTokeniser);
    for (const tokeniser of [await create(TINY_WORD_PIECE), await create(other)]) {
      expect(tokeniser.size).toBe(6);
      expect(tokeniser.encode('Reds unknown BLUE [PAD] [UNK]')).toEqual([2, 4, 3]);
    }
  });

  it('reads Unigram: the likeliest pieces, unknown ones left out', async () => {
    const tokeniser = await create(UNIGRAM);
    expect(tokeniser.size).toBe(8);
    expect(tokeniser.encode('nets due')).toEqual([3, 5, 4]);
    expect(tokeniser.encode('dzzue <pad> ﬀ')).toEqual([2, 6, 7, 2, 2]);
    expect(tokeniser.encode('')).toEqual([]);
  });

  it('reads BPE: merges in their order, unknown characters left out', async () => {
    const tokeniser = await create(BPE);
    expect(tokeniser.encode('Net due? neue')).toEqual([5, 6, 8, 4, 8]);
  });

  it('reads BPE of bytes, which may have no unknown token', async () => {
    const tokeniser = await create(BYTE_LEVEL);
    expect(tokeniser.encode('ne né x')).toEqual([4, 3, 0, 7, 3]);
  });

  it('looks at no more of a text than as many tokens need', async () => {
    const tokeniser = await create(BPE);
    const endless = `${'net '.repeat(1000)}${'\u{1F600}'.repeat(1_000_000)}`;
    expect(tokeniser.encode(endless, 3)).toEqual([5, 5, 5]);
    const started = performance.now();
    expect(tokeniser.encode('\u{1F600}'.repeat(4_000_000), 256)).toEqual([]);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  it.each([
    ['a kind that no static model has', { ...BPE, model: { type: 'WordLevel', vocab: { a: 0 } } }],
    ['no vocabulary', { ...BPE, model: { type: 'BPE', vocab: {}, merges: [] } }],
    ['no merges', { ...BPE, model: { type: 'BPE', vocab: { a: 0 } } }],
    ['no model', { normalizer: null }],
    ['a list', []],
  ])('refuses %s, naming the file', async (_, content) => {
    await expect(create(content)).rejects.toMatchObject({ code: 'model.incompatible' });
    await expect(create(content)).rejects.toThrow('the model file tokenizer.json does not fit');
  });

  it('refuses what is no JSON', async () => {
    const creating = createTokeniser(Buffer.from('version https://git-lfs.github.com/spec/v1'), 'tokenizer.json');
    await expect(creating).rejects.toMatchObject({ code: 'model.incompatible' });
  });
});
