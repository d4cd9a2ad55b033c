import { cp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { placeForModels } from '../../testing/temporary-models.js';
import { writeTinyEmbeddingModel, writeTinyNliModel } from '../../testing/tiny-onnx-models.js';
import { NliModel } from './nli-model.js';
import { TransformerEncoder } from './transformer-encoder.js';

const place = placeForModels();

/** Ways out of this machine that were tried. */
const attempts: string[] = [];

function refuse(way: string) {
  return (): never => {
    attempts.push(way);
    throw new Error(`tried the network by ${way}`);
  };
}

beforeAll(async () => {
  // The library keeps the `fetch` that it finds when it is imported, which is later.
  vi.stubGlobal('fetch', refuse('fetch'));
  vi.spyOn(Socket.prototype, 'connect').mockImplementation(refuse('a socket'));
  await writeTinyEmbeddingModel(place('encoder'));
  await writeTinyNliModel(place('nli'));
});

afterAll(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

beforeEach(() => {
  attempts.length = 0;
});

const variant = 'onnx/model.onnx';

const LOADERS = {
  encoder: (folder: string, name: string) =>
    TransformerEncoder.load({
      name,
      folder,
      identity: `${name}@0`,
      settings: { variant, pooling: 'mean', normalize: true, prefixes: { rule: '', passage: '' }, maxTokens: 64 },
    }),
  nli: (folder: string, name: string) =>
    NliModel.load({
      name,
      folder,
      identity: `${name}@0`,
      settings: { variant, entailment: 2, labels: 3, maxTokens: 64 },
    }),
};

/** What is done to a file of a model, and how that is told. */
interface Damage {
  readonly file: string;
  readonly reason: RegExp;
  readonly harm: (file: string) => Promise<void>;
}

const page = '<!DOCTYPE html><html><body>Sign in to go on</body></html>';

const DAMAGES: Readonly<Record<string, Damage>> = {
  'a graph that is gone': { file: variant, reason: /it is not there/, harm: (file) => rm(file) },
  'a graph that is cut off': { file: variant, reason: /parsing failed/i, harm: (file) => truncate(file, 20_000) },
  'an empty graph': { file: variant, reason: /model|protobuf/i, harm: (file) => truncate(file) },
  'a page instead of a graph': { file: variant, reason: /parsing failed/i, harm: (file) => writeFile(file, page) },
  'settings that are gone': { file: 'config.json', reason: /it is not there/, harm: (file) => rm(file) },
  'a page instead of settings': {
    file: 'config.json',
    reason: /not valid JSON/,
    harm: (file) => writeFile(file, page),
  },
  'settings of nothing': {
    file: 'config.json',
    reason: /settings of a model/,
    harm: (file) => writeFile(file, 'null'),
  },
  'a tokenizer that is gone': { file: 'tokenizer.json', reason: /it is not there/, harm: (file) => rm(file) },
  'a tokenizer of rubbish': {
    file: 'tokenizer.json',
    reason: /must contain a "model"/,
    harm: (file) => writeFile(file, '{"rubbish": true}'),
  },
};

describe.each(Object.keys(LOADERS) as (keyof typeof LOADERS)[])('loading (%s)', (kind) => {
  it.each(Object.keys(DAMAGES))('names the file and the command: %s', async (title) => {
    const { file, reason, harm } = DAMAGES[title] as Damage;
    const name = `${kind}-damaged`;
    const folder = place(name);
    await rm(folder, { recursive: true, force: true });
    await cp(place(kind), folder, { recursive: true });
    await harm(join(folder, file));
    await expect(LOADERS[kind](folder, name)).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining(`run "docket models verify ${name}"`),
      data: { model: name, path: join(folder, file), reason: expect.stringMatching(reason) },
    });
    expect(attempts).toEqual([]);
  });

  it('tries no network when all is there', async () => {
    const model = await LOADERS[kind](place(kind), 'whole');
    await model.dispose();
    expect(attempts).toEqual([]);
  });

  it('reads a model in a folder that is called like one of the hub', async () => {
    const folder = place('hub');
    await cp(place(kind), folder, { recursive: true });
    await rm(join(folder, 'tokenizer_config.json'));
    const model = await LOADERS[kind](folder, 'hub');
    await model.dispose();
    expect(attempts).toEqual([]);
  });
});

describe('a classifier of a kind that the library does not know', () => {
  it('is refused', async () => {
    const folder = place('unknown');
    await cp(place('nli'), folder, { recursive: true });
    const file = join(folder, 'config.json');
    const config = JSON.parse(await readFile(file, 'utf8'));
    await writeFile(file, JSON.stringify({ ...config, model_type: 'perceptron' }));
    await expect(LOADERS.nli(folder, 'unknown')).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining('perceptron'),
    });
  });
});
