import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { centredCosine, StaticModel } from './static-model.js';

interface Reference {
  readonly text: string;
  readonly ids: readonly number[];
  readonly vector: readonly number[];
}

let model: StaticModel;
let references: readonly Reference[];

beforeAll(async () => {
  model = await StaticModel.load(staticModelFolder);
  references = Object.values(JSON.parse(await readFile(join(staticModelFolder, 'reference.json'), 'utf8')));
});

describe('the built-in static model', () => {
  it('gives the word pieces and vectors of its reference', () => {
    expect(references.length).toBe(8);
    for (const { text, ids, vector } of references) {
      expect(model.encode(text)).toEqual(ids.filter((id) => id > 1));
      const ours = model.embed(text);
      const largest = Math.max(...vector.map((value, index) => Math.abs(value - (ours[index] ?? 0))));
      expect(largest).toBeLessThan(1e-4);
    }
  });

  it('gives zeros for a text without words, and no similarity to it', () => {
    const nothing = model.embed('');
    expect(nothing.every((value) => value === 0)).toBe(true);
    const zeros = new Float32Array(model.dimensions);
    expect(centredCosine(nothing, zeros, model.embed('an invoice'), zeros)).toBe(0);
  });
});

describe('StaticModel.load', () => {
  it('names the file that is missing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-'));
    await expect(StaticModel.load(folder)).rejects.toMatchObject({ code: 'model.not_installed' });
  });

  it('refuses weights that are cut off', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-'));
    const weights = await readFile(join(staticModelFolder, 'model.safetensors'));
    await writeFile(join(folder, 'model.safetensors'), weights.subarray(0, 1_000_000));
    await writeFile(join(folder, 'tokenizer.json'), await readFile(join(staticModelFolder, 'tokenizer.json')));
    await expect(StaticModel.load(folder)).rejects.toMatchObject({ code: 'model.incompatible' });
  });
});
