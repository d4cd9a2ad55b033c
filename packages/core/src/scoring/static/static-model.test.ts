import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { StaticModel, type StaticModelFiles } from './static-model.js';
import { TINY_ROWS, TINY_WORD_PIECE, type TinyTensor, writeTinyModel } from './testing/tiny-static-model.js';

interface Reference {
  readonly text: string;
  readonly ids: readonly number[];
  readonly vector: readonly number[];
}

const floats = (values: readonly number[], shape = [values.length]): TinyTensor => {
  return { dtype: 'F32', shape, values: Float32Array.from(values) };
};
const embeddings = floats(TINY_ROWS, [6, 2]);
const loadTiny = async (tensors: Readonly<Record<string, TinyTensor>>, files: Partial<StaticModelFiles> = {}) => {
  return StaticModel.load({ folder: await writeTinyModel({ tensors }), ...files });
};

describe('the built-in static model', () => {
  let model: StaticModel;
  let references: readonly Reference[];

  beforeAll(async () => {
    model = await StaticModel.load({ folder: staticModelFolder });
    references = Object.values(JSON.parse(await readFile(join(staticModelFolder, 'reference.json'), 'utf8')));
  });

  it('gives the word pieces and vectors of its reference', () => {
    expect(references.length).toBe(8);
    for (const { text, ids, vector } of references) {
      expect(model.encode(text)).toEqual(ids.filter((id) => id > 1));
      const ours = model.embedText(text);
      const largest = Math.max(...vector.map((value, index) => Math.abs(value - (ours[index] ?? 0))));
      expect(largest).toBeLessThan(1e-4);
    }
  });

  it('gives zeros for a text without words', () => {
    expect(model.embedText('')).toEqual(new Float32Array(192));
  });

  it('gives a text the same bytes whatever else is asked', async () => {
    const texts = references.map(({ text }) => text);
    const together = await model.embed(texts);
    for (const [index, text] of texts.entries()) expect((await model.embed([text]))[0]).toEqual(together[index]);
    await model.dispose();
  });

  it('looks at as many tokens as asked', () => {
    expect(model.embedText('contract invoice receipt', 1)).toEqual(model.embedText('contract'));
  });
});

describe('StaticModel', () => {
  it.each([
    ['F32', Float32Array.from(TINY_ROWS)],
    // The numbers of TINY_ROWS as binary16 and as the upper halves of binary32.
    [
      'F16',
      Uint16Array.of(...[0x4880, 0x4880, 0x4800, 0x4800, 0x4200, 0x4400, 0x3c00, 0xc000, 0x3800, 0x3400, 0xc400, 0]),
    ],
    [
      'BF16',
      Uint16Array.of(...[0x4110, 0x4110, 0x4100, 0x4100, 0x4040, 0x4080, 0x3f80, 0xc000, 0x3f00, 0x3e80, 0xc080, 0]),
    ],
    ['I8', Int8Array.from(TINY_ROWS, (value) => value * 4)],
  ])('reads rows of %s', async (dtype, values) => {
    const model = await loadTiny({ embeddings: { dtype, shape: [6, 2], values } });
    expect(model.dimensions).toBe(2);
    expect([...model.embedText('red')]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    const [sum, length] = [[3 + 1 + 0.5, 4 - 2 + 0.25], Math.hypot(4.5, 2.25)];
    expect([...model.embedText('Red blues')]).toEqual(sum.map((value) => Math.fround(value / length)));
    expect([...model.embedText('green')]).toEqual([0, 0]);
    expect([...model.embedText('"')]).toEqual([-1, 0]);
  });

  it('gives the mean itself where the model is not normalised', async () => {
    const tensors = { embeddings };
    const plain = await StaticModel.load({ folder: await writeTinyModel({ tensors, config: { normalize: false } }) });
    expect([...plain.embedText('red blue')]).toEqual([2, 1]);
    expect([...plain.embedText('green')]).toEqual([0, 0]);
    const scaled = await StaticModel.load({ folder: await writeTinyModel({ tensors, config: {} }) });
    expect([...scaled.embedText('red')]).toEqual([Math.fround(0.6), Math.fround(0.8)]);
    expect((await loadTiny(tensors, { normalize: false })).identity).not.toBe(scaled.identity);
  });

  it.each([
    ['F32', Float32Array.of(0, 0, 2, 0.5, 1, 1)],
    ['F64', Float64Array.of(0, 0, 2, 0.5, 1, 1)],
    ['F16', Uint16Array.of(0, 0, 0x4000, 0x3800, 0x3c00, 0x3c00)],
  ])('weighs tokens by weights of %s, and divides by their number', async (dtype, values) => {
    const weights = { dtype, shape: [6], values };
    const model = await loadTiny({ weights, embeddings }, { normalize: false });
    expect([...model.embedText('red blue')]).toEqual([(2 * 3 + 0.5 * 1) / 2, (2 * 4 - 0.5 * 2) / 2]);
  });

  it.each([
    ['I64', BigInt64Array.of(0n, 0n, 1n, 1n, 0n, 0n)],
    ['I32', Int32Array.of(0, 0, 1, 1, 0, 0)],
  ])('follows a mapping of %s to rows, weights going by token', async (dtype, values) => {
    const tensors = {
      embeddings: floats([0, 8, 4, 2], [2, 2]),
      weights: floats([0, 0, 1, 3, 1, 1]),
      mapping: { dtype, shape: [6], values },
    };
    const model = await loadTiny(tensors, { normalize: false });
    expect([...model.embedText('red blue')]).toEqual([(4 + 3 * 4) / 2, (2 + 3 * 2) / 2]);
  });

  it('is named by both files, or by what it is told', async () => {
    const one = await loadTiny({ embeddings });
    expect((await loadTiny({ embeddings })).identity).toBe(one.identity);
    expect((await loadTiny({ embeddings, weights: floats([1, 1, 1, 1, 1, 1]) })).identity).not.toBe(one.identity);
    const tokenizer = { ...TINY_WORD_PIECE, version: '1.1' };
    const folder = await writeTinyModel({ tensors: { embeddings }, tokenizer });
    expect((await StaticModel.load({ folder })).identity).not.toBe(one.identity);
    expect((await loadTiny({ embeddings }, { identity: 'tiny@1' })).identity).toBe('tiny@1');
  });
});

describe('StaticModel.load', () => {
  it('names the file that is missing and the command that mends it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-'));
    const loading = StaticModel.load({ folder, weights: 'native/model.safetensors' });
    await expect(loading).rejects.toMatchObject({ code: 'model.not_installed' });
    await expect(loading).rejects.toThrow(/(native\/model\.safetensors|tokenizer\.json) .*docket models import/);
  });

  it('refuses weights that are cut off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-'));
    const weights = await readFile(join(staticModelFolder, 'model.safetensors'));
    await writeFile(join(folder, 'model.safetensors'), weights.subarray(0, 1_000_000));
    await writeFile(join(folder, 'tokenizer.json'), await readFile(join(staticModelFolder, 'tokenizer.json')));
    await expect(StaticModel.load({ folder })).rejects.toMatchObject({ code: 'model.incompatible' });
  });

  it.each([
    ['no embeddings', { weights: floats([1]) }, /no tensor "embeddings"/],
    ['embeddings in a row', { embeddings: floats(TINY_ROWS) }, /"embeddings" is no table/],
    ['embeddings of F64', { embeddings: { dtype: 'F64', shape: [6, 2], values: new Float64Array(12) } }, /is F64/],
    ['fewer rows than tokens', { embeddings: floats(TINY_ROWS.slice(2), [5, 2]) }, /knows 5 tokens .* tokeniser 6/],
    ['fewer weights than tokens', { embeddings, weights: floats([1, 1]) }, /knows 2 tokens/],
    ['weights in a table', { embeddings, weights: floats([1, 1, 1, 1, 1, 1], [6, 1]) }, /"weights" is no list/],
    ['weights of I8', { embeddings, weights: { dtype: 'I8', shape: [6], values: new Int8Array(6) } }, /is I8/],
    ['a mapping past the rows', { embeddings, mapping: mapping([0, 1, 2, 3, 4, 6]) }, /leads past 6 rows/],
    ['a mapping below the rows', { embeddings, mapping: mapping([0, 1, 2, 3, 4, -1]) }, /leads past 6 rows/],
    ['a mapping too short', { embeddings, mapping: mapping([0, 1]) }, /knows 2 tokens/],
    ['a mapping of F32', { embeddings, mapping: floats([0, 1, 2, 3, 4, 5]) }, /is F32/],
  ])('refuses a model with %s', async (_, tensors, reason) => {
    const loading = loadTiny(tensors);
    await expect(loading).rejects.toMatchObject({ code: 'model.incompatible' });
    await expect(loading).rejects.toThrow(reason);
  });

  it('refuses a configuration that says something else about scaling', async () => {
    const folder = await writeTinyModel({ tensors: { embeddings }, config: { normalize: 'yes' } });
    await expect(StaticModel.load({ folder })).rejects.toThrow(/config\.json does not fit/);
  });
});

function mapping(rows: readonly number[]): TinyTensor {
  return { dtype: 'I32', shape: [rows.length], values: Int32Array.from(rows) };
}
