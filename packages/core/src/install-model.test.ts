import { existsSync } from 'node:fs';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticModelFolder } from '@docket/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { installModel } from './install-model.js';
import { hashFile } from './models/files/hash-file.js';
import type { ImportedModel } from './models/import/import-options.js';
import type { ModelTask } from './models/model-manifest.js';
import { ModelRegistry } from './models/model-registry.js';
import { temporaryFolder } from './models/testing/made-models.js';
import { placeForModels } from './testing/temporary-models.js';
import { writeTinyEmbeddingModel, writeTinyNliModel } from './testing/tiny-onnx-models.js';

const potion = fileURLToPath(new URL('../../../../shared/models/potion-base-2M', import.meta.url));
const hasPotion = existsSync(join(potion, 'config.json'));

const place = placeForModels();

beforeAll(async () => {
  await writeTinyEmbeddingModel(place('tiny-encoder'));
  await writeTinyNliModel(place('tiny-nli'));
});

async function emptyRegistry(): Promise<ModelRegistry> {
  return new ModelRegistry({ folder: join(await temporaryFolder(), 'models') });
}

async function readInstalled({ folder }: ImportedModel, file: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(folder, file), 'utf8'));
}

/** The hash that the manifest has for a file is that of the file. */
async function expectListed(imported: ImportedModel, path: string): Promise<void> {
  const found = await hashFile(join(imported.folder, path));
  expect(imported.manifest.files).toContainEqual({ path, ...found });
}

describe('a background', () => {
  const models: readonly (readonly [string, () => string, readonly ModelTask[], boolean])[] = [
    ['a tiny sentence encoder', () => place('tiny-encoder'), ['embedding'], true],
    ['a tiny model of entailment', () => place('tiny-nli'), ['zero-shot'], true],
    [
      `potion-base-2M${hasPotion ? '' : ' (../shared/models is not here)'}`,
      () => potion,
      ['static', 'embedding'],
      hasPotion,
    ],
    ['a copy of the built-in model', () => staticModelFolder, ['static'], true],
  ];

  describe.each(models)('of %s', (_, source, tasks, isHere) => {
    it.skipIf(!isHere)(
      'is written for each task, listed with its hash, and goes along in a bundle unchanged',
      async () => {
        const [here, there] = [await emptyRegistry(), await emptyRegistry()];
        const imported = await installModel(here, source(), { name: 'model' });
        expect(imported.manifest.tasks).toEqual(tasks);
        for (const task of tasks) {
          await expectListed(imported, `background.${task}.json`);
          const { deviation } = await readInstalled(imported, `background.${task}.json`);
          expect(deviation).toBeGreaterThan(0);
        }
        await here.verify('model');
        const file = join(here.folder, '..', 'model.tar.gz');
        await here.bundle('model', file);
        const elsewhere = await installModel(there, file);
        expect(elsewhere.manifest).toEqual({ ...imported.manifest, origin: { kind: 'bundle' } });
        await there.verify('model');
      },
    );
  });

  it('is the same each time, and has means as long as the vectors', async () => {
    const [one, other] = [await emptyRegistry(), await emptyRegistry()];
    const imported = await installModel(one, place('tiny-encoder'));
    expect((await installModel(other, place('tiny-encoder'))).manifest).toEqual(imported.manifest);
    expect(await readInstalled(imported, 'background.embedding.json')).toEqual({
      document_mean: expect.toSatisfy((numbers) => numbers.length === 16 && numbers.some(Boolean)),
      rule_mean: expect.toSatisfy((numbers) => numbers.length === 16 && numbers.some(Boolean)),
      deviation: expect.any(Number),
    });
  });

  it('that a bundle brings is kept, even if another would be measured here', async () => {
    const registry = await emptyRegistry();
    await writeTinyEmbeddingModel(place('marked'));
    const own = { document_mean: Array(16).fill(0.5), rule_mean: Array(16).fill(0.25), deviation: 0.125 };
    await writeFile(join(place('marked'), 'background.embedding.json'), JSON.stringify(own));
    const imported = await installModel(registry, place('marked'));
    expect(await readInstalled(imported, 'background.embedding.json')).toEqual(own);
  });

  it('of another model is measured again', async () => {
    const registry = await emptyRegistry();
    await writeTinyEmbeddingModel(place('foreign'));
    const foreign = { document_mean: [1], rule_mean: [1], deviation: 1 };
    await writeFile(join(place('foreign'), 'background.embedding.json'), JSON.stringify(foreign));
    const imported = await installModel(registry, place('foreign'));
    await expectListed(imported, 'background.embedding.json');
    expect((await readInstalled(imported, 'background.embedding.json'))['document_mean']).toHaveLength(16);
  });
});

describe('a model that does not run', () => {
  /** Its name says what is wrong with it. */
  const broken: Readonly<
    Record<string, { readonly reason: string; readonly write: (folder: string) => Promise<void> }>
  > = {
    'encoder-of-nan': {
      reason: 'onnx/model.onnx: the graph gives numbers that are not finite',
      write: (folder) => writeTinyEmbeddingModel(folder, { isSpoilt: true }),
    },
    'nli-of-nan': {
      reason: 'onnx/model.onnx: the graph gives numbers that are not finite',
      write: (folder) => writeTinyNliModel(folder, { isSpoilt: true }),
    },
    'window-too-long': {
      reason: 'onnx/model.onnx: ',
      write: async (folder) => {
        await writeTinyEmbeddingModel(folder, { maxTokens: 8 });
        const config = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'));
        await writeFile(join(folder, 'config.json'), JSON.stringify({ ...config, max_position_embeddings: 256 }));
        await rm(join(folder, 'tokenizer_config.json'));
      },
    },
    'no-tokenizer': {
      reason: 'tokenizer.json: Tokenizer must contain a "model" property',
      write: async (folder) => {
        await writeTinyEmbeddingModel(folder);
        await writeFile(join(folder, 'tokenizer.json'), '{"version": "1.0"}');
      },
    },
    'always-the-same': {
      reason: 'it gives the same answer to every text',
      write: (folder) => writeTinyEmbeddingModel(folder, { isConstant: true }),
    },
  };

  it.each(Object.keys(broken))('is not installed, leaves nothing behind and names its own file: %s', async (name) => {
    const registry = await emptyRegistry();
    const source = place(name);
    await broken[name]?.write(source);
    const failure = await installModel(registry, source).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: 'model.incompatible', message: expect.stringContaining('not installed: ') });
    const { message } = failure as Error;
    expect(message).toContain(broken[name]?.reason);
    expect(message).not.toContain(registry.folder);
    expect(await readdir(registry.folder)).toEqual([]);
  });

  it('does not take the place of the one that is installed', async () => {
    const registry = await emptyRegistry();
    const { manifest } = await installModel(registry, place('tiny-encoder'), { name: 'model' });
    await writeTinyEmbeddingModel(place('spoilt'), { isSpoilt: true });
    const replacing = installModel(registry, place('spoilt'), { name: 'model', replace: true });
    await expect(replacing).rejects.toMatchObject({ code: 'model.incompatible' });
    expect((await registry.verify('model')).manifest).toEqual(manifest);
  });

  it('is told of in a bundle by the name of the bundle', async () => {
    const [here, there] = [await emptyRegistry(), await emptyRegistry()];
    await writeTinyEmbeddingModel(place('spoilt'), { isSpoilt: true });
    await here.import(place('spoilt'));
    const file = join(here.folder, '..', 'spoilt.tar.gz');
    await here.bundle('spoilt', file);
    await expect(installModel(there, file)).rejects.toThrow(`${file}/onnx/model.onnx: the graph gives numbers`);
  });

  it('is told from one whose graph is cut off, which is not even run', async () => {
    const registry = await emptyRegistry();
    await writeTinyEmbeddingModel(place('cut'));
    await truncate(join(place('cut'), 'onnx/model.onnx'), 20_000);
    const failure = { code: 'model.incompatible', data: { fault: 'onnx_truncated' } };
    await expect(installModel(registry, place('cut'))).rejects.toMatchObject(failure);
    expect(await readdir(registry.folder)).toEqual([]);
  });
});
