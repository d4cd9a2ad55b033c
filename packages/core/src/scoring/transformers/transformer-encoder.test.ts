import { beforeAll, describe, expect, it } from 'vitest';
import { extractFeatures, placeForModels } from '../../testing/temporary-models.js';
import { writeTinyEmbeddingModel } from '../../testing/tiny-onnx-models.js';
import { loadTransformers } from './load-transformers.js';
import { TransformerEncoder, type TransformerEncoderOptions } from './transformer-encoder.js';

type Settings = TransformerEncoderOptions['settings'];

const TEXTS = [
  'invoice number 4711, total amount due in 30 days',
  'The tenant pays the rent monthly.',
  'x',
  'minutes of the meeting: the agreement between seller and buyer, the motion, the vote and the date of the next meeting',
];

const MAX_TOKENS = 64;

const place = placeForModels();

beforeAll(async () => {
  await writeTinyEmbeddingModel(place('tiny'), { maxTokens: MAX_TOKENS });
  await writeTinyEmbeddingModel(place('wide'), { maxTokens: 512 });
});

function load(folder: string, settings: Partial<Settings> = {}, threads = 1): Promise<TransformerEncoder> {
  return TransformerEncoder.load({
    name: 'tiny',
    folder: place(folder),
    identity: 'tiny@0',
    threads,
    settings: {
      variant: 'onnx/model.onnx',
      pooling: 'mean',
      normalize: true,
      prefixes: { rule: '', passage: '' },
      maxTokens: MAX_TOKENS,
      ...settings,
    },
  });
}

async function embed(folder: string, texts: readonly string[], settings: Partial<Settings> = {}, threads = 1) {
  const encoder = await load(folder, settings, threads);
  const vectors = await encoder.embed(texts, 'passage');
  await encoder.dispose();
  return vectors;
}

type Vectors = readonly (Float32Array | readonly number[])[];

function largestDifference(ours: Vectors, theirs: Vectors): number {
  expect(ours.map(({ length }) => length)).toEqual(theirs.map(({ length }) => length));
  const differences = ours.flatMap((vector, row) =>
    Array.from(vector, (value, index) => Math.abs(value - (theirs[row]?.[index] ?? Number.NaN))),
  );
  return Math.max(...differences);
}

const lengthOf = (vector: Float32Array | undefined) => Math.hypot(...(vector ?? []));

describe('beside the bare pipeline of transformers.js', () => {
  const poolings = (['mean', 'cls', 'last_token'] as const).flatMap((pooling) =>
    [true, false].map((normalize) => ({ pooling, normalize })),
  );

  it.each(poolings)('gives the same vectors within 1e-6: %o', async (options) => {
    const theirs = await extractFeatures(await loadTransformers(), place('tiny'), TEXTS, options);
    const ours = await embed('tiny', TEXTS, options);
    expect(largestDifference(ours, theirs)).toBeLessThan(1e-6);
    expect(Math.abs(lengthOf(ours[0]) - 1) < 1e-6).toBe(options.normalize);
  });

  it('does so for a graph of 8-bit integers', async () => {
    const options = { pooling: 'mean', normalize: true } as const;
    const theirs = await extractFeatures(await loadTransformers(), place('tiny'), TEXTS, options, 'model_quantized');
    const ours = await embed('tiny', TEXTS, { variant: 'onnx/model_quantized.onnx' });
    expect(largestDifference(ours, theirs)).toBeLessThan(1e-6);
  });

  it('is not the same for both graphs', async () => {
    const whole = await embed('tiny', TEXTS);
    const quantised = await embed('tiny', TEXTS, { variant: 'onnx/model_quantized.onnx' });
    const difference = largestDifference(whole, quantised);
    expect(difference).toBeGreaterThan(1e-4);
    expect(difference).toBeLessThan(0.2);
  });
});

describe('graphs of other kinds', () => {
  it('takes the vector per text where there is one, which is the mean here', async () => {
    await writeTinyEmbeddingModel(place('pooled'), { output: 'sentence_embedding', maxTokens: MAX_TOKENS });
    const pooled = await embed('pooled', TEXTS, { pooling: 'none' });
    const mean = await embed('tiny', TEXTS);
    expect(largestDifference(pooled, mean)).toBeLessThan(1e-6);
    expect(await embed('pooled', TEXTS, { pooling: 'none', normalize: false })).not.toEqual(pooled);
  });

  it('says what a graph gives when the pooling cannot take it', async () => {
    await writeTinyEmbeddingModel(place('pooled'), { output: 'sentence_embedding' });
    await expect(load('pooled')).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining('no output for pooling "mean", only sentence_embedding [1, 16]'),
    });
    await expect(load('tiny', { pooling: 'none' })).rejects.toThrow('only last_hidden_state [1, 3, 16]');
  });

  it('reads 16-bit floats', async () => {
    await writeTinyEmbeddingModel(place('half'), { elements: 'float16', maxTokens: MAX_TOKENS });
    for (const pooling of ['mean', 'cls', 'last_token'] as const) {
      const half = await embed('half', TEXTS, { pooling });
      const whole = await embed('tiny', TEXTS, { pooling });
      const difference = largestDifference(half, whole);
      expect(difference).toBeGreaterThan(0);
      expect(difference).toBeLessThan(1e-3);
    }
  });

  it('gives a graph the inputs that it asks for, and no others', async () => {
    const options = { pooling: 'mean', normalize: true } as const;
    await writeTinyEmbeddingModel(place('untyped'), { inputs: ['input_ids', 'attention_mask'] });
    const theirs = await extractFeatures(await loadTransformers(), place('untyped'), TEXTS, options);
    expect(largestDifference(await embed('untyped', TEXTS), theirs)).toBeLessThan(1e-6);
    const inputs = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids'] as const;
    await writeTinyEmbeddingModel(place('placed'), { inputs, maxTokens: MAX_TOKENS });
    expect(largestDifference(await embed('placed', TEXTS), await embed('tiny', TEXTS))).toBeLessThan(1e-6);
  });

  it('is not led astray by other outputs', async () => {
    await writeTinyEmbeddingModel(place('extras'), { hasExtras: true, maxTokens: MAX_TOKENS });
    expect(await embed('extras', TEXTS)).toEqual(await embed('tiny', TEXTS));
    expect(await embed('extras', TEXTS, { pooling: 'cls' })).toEqual(await embed('tiny', TEXTS, { pooling: 'cls' }));
  });

  it('refuses a graph that gives NaN', async () => {
    await writeTinyEmbeddingModel(place('spoilt'), { isSpoilt: true });
    await expect(load('spoilt')).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining('model.onnx: the graph gives numbers that are not finite'),
    });
  });
});

describe('texts', () => {
  it('puts prefixes before them, those of rules and of passages', async () => {
    const prefixes = { rule: 'question: ', passage: 'document: ' };
    const marked = await load('tiny', { prefixes });
    const plain = await load('tiny');
    const text = TEXTS[0] ?? '';
    const [rule] = await marked.embed([text], 'rule');
    const [passage] = await marked.embed([text], 'passage');
    expect(rule).toEqual((await plain.embed([`question: ${text}`], 'passage'))[0]);
    expect(passage).toEqual((await plain.embed([`document: ${text}`], 'rule'))[0]);
    const vectors = [rule, passage, (await plain.embed([text], 'rule'))[0]];
    expect(new Set(vectors.map(String)).size).toBe(3);
    expect((await marked.embed(['', '漢字'], 'rule')).map(lengthOf)).toEqual([0, 0]);
    await Promise.all([marked.dispose(), plain.dispose()]);
  });

  it('cuts what is longer than the window, and keeps the special tokens', async () => {
    const words = Array.from({ length: 40 }, (_, index) => (index % 2 ? 'invoice' : 'rent'));
    const settings = { maxTokens: 12, pooling: 'last_token' } as const;
    const cut = await embed('tiny', [words.join(' ')], settings);
    const short = await embed('tiny', [words.slice(0, 10).join(' ')], settings);
    expect(cut).toEqual(short);
    expect(await embed('tiny', [words.slice(0, 9).join(' ')], settings)).not.toEqual(short);
  });

  it.each(['', ' \n\t ', '漢字', '\u200b', '日本 語'])(
    'gives zeros for a text without anything known: %j',
    async (text) => {
      const [vector] = await embed('tiny', [text]);
      expect([...(vector ?? [])]).toEqual(Array(16).fill(0));
    },
  );

  it.each(['漢字 invoice', '.', 'q'])('gives a vector for a text with something known: %j', async (text) => {
    const [vector] = await embed('tiny', [text]);
    expect(lengthOf(vector)).toBeCloseTo(1, 6);
  });

  it('says what it is', async () => {
    const encoder = await load('tiny');
    expect(encoder).toMatchObject({ identity: 'tiny@0', dimensions: 16 });
    await encoder.dispose();
    await encoder.dispose();
  });
});

describe.each(['onnx/model.onnx', 'onnx/model_quantized.onnx'])('the same text, %s', (variant) => {
  const others = ['', '漢字', 'agreement '.repeat(300), ...TEXTS];

  it('gives the same bytes alone, among others and in another order', async () => {
    const encoder = await load('tiny', { variant });
    const together = await encoder.embed([...TEXTS, ...others], 'passage');
    const reversed = await encoder.embed([...others, ...TEXTS].reverse(), 'passage');
    for (const [index, text] of TEXTS.entries()) {
      const [alone] = await encoder.embed([text], 'passage');
      expect(together[index]).toEqual(alone);
      expect(reversed[TEXTS.length - 1 - index]).toEqual(alone);
    }
    const asked = TEXTS.map((text) => encoder.embed([text], 'passage'));
    expect((await Promise.all(asked)).flat()).toEqual(together.slice(0, TEXTS.length));
    await encoder.dispose();
  });

  it('gives the same bytes on two threads, and after being loaded again', async () => {
    const long = [Array.from({ length: 500 }, (_, index) => TEXTS[index % TEXTS.length]).join(' '), ...TEXTS];
    const one = await embed('wide', long, { variant, maxTokens: 512 });
    expect(await embed('wide', long, { variant, maxTokens: 512 }, 2)).toEqual(one);
    expect(await embed('wide', long, { variant, maxTokens: 512 })).toEqual(one);
  });
});

describe('why texts go one by one', () => {
  it.each([
    ['model_quantized', 1e-5, 1],
    ['model', 0, 1e-5],
  ])('in a batch, the neighbours change what %s gives', async (graph, least, most) => {
    const library = await loadTransformers();
    const settings = { dtype: 'fp32', device: 'cpu', local_files_only: true, model_file_name: graph } as const;
    const extract = await library.pipeline('feature-extraction', place('tiny'), settings);
    const options = { pooling: 'mean', normalize: true } as const;
    const alone = Array.from((await extract('x', options)).data, Number);
    const batch = await extract(['x', ...TEXTS], options);
    await extract.dispose();
    const difference = Math.max(...alone.map((value, index) => Math.abs(value - Number(batch.data[index]))));
    expect(difference).toBeGreaterThanOrEqual(least);
    expect(difference).toBeLessThan(most);
  });
});
