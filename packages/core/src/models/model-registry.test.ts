import { mkdir, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { ModelRegistry } from './model-registry.js';
import { classifierFiles, encoderFiles, staticFiles, temporaryFolder, writeFiles } from './testing/made-models.js';

let folder: string;
let registry: ModelRegistry;

beforeEach(async () => {
  folder = join(await temporaryFolder(), 'models');
  registry = new ModelRegistry({ folder });
});

describe('models that came with the program', () => {
  let bundledFolder: string;

  beforeEach(async () => {
    bundledFolder = join(await temporaryFolder(), 'models');
    const source = await writeFiles(join(folder, '..', 'source'), staticFiles());
    const bundled = new ModelRegistry({ folder: bundledFolder });
    for (const name of ['both', 'bundled']) await bundled.import(source, { name });
    registry = new ModelRegistry({ folder, bundledFolder });
    for (const name of ['both', 'own']) await registry.import(source, { name });
  });

  it('are there beside the installed ones, which go before them', async () => {
    const { models, broken } = await registry.list();
    expect(broken).toEqual([]);
    expect(models.map((model) => [model.name, model.folder])).toEqual([
      ['both', join(folder, 'both')],
      ['bundled', join(bundledFolder, 'bundled')],
      ['own', join(folder, 'own')],
    ]);
    expect((await registry.resolve('bundled', 'static')).folder).toBe(join(bundledFolder, 'bundled'));
    await expect(registry.verify('bundled')).resolves.toBeDefined();
    await expect(registry.get('other')).rejects.toThrow(/there are: both, bundled, own/);
  });

  it('stay when they are removed', async () => {
    await registry.remove('both');
    expect((await registry.get('both')).folder).toBe(join(bundledFolder, 'both'));
    await expect(registry.remove('both')).rejects.toMatchObject({
      code: 'request.invalid_input',
      message: expect.stringContaining('came with the bundle of the program'),
    });
    await expect(registry.remove('other')).rejects.toMatchObject({ code: 'model.not_installed' });
    expect(await readdir(bundledFolder)).toEqual(['both', 'bundled']);
  });

  it('are told broken like any other', async () => {
    await rm(join(bundledFolder, 'bundled', 'tokenizer.json'));
    const { broken } = await registry.list();
    expect(broken).toEqual([expect.objectContaining({ name: 'bundled', folder: join(bundledFolder, 'bundled') })]);
  });
});

describe('list', () => {
  it('is empty where nothing was ever installed', async () => {
    expect(await registry.list()).toEqual({ models: [], broken: [] });
  });

  it('tells models with their size, sorted', async () => {
    await install('b', encoderFiles());
    await install('a', staticFiles());
    const { models, broken } = await registry.list();
    expect(broken).toEqual([]);
    expect(models.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(models[0]).toEqual(await registry.get('a'));
    expect(models[0]?.bytes).toBe(models[0]?.manifest.files.reduce((sum, { bytes }) => sum + bytes, 0));
  });

  it('tells what is wrong with folders that cannot be used', async () => {
    for (const name of ['good', 'gone', 'cut', 'json', 'unlisted', 'newer', 'moved']) {
      await install(name, staticFiles());
    }
    await rm(join(folder, 'gone', 'tokenizer.json'));
    await writeFile(join(folder, 'cut', 'model.safetensors'), 'short');
    await writeFile(join(folder, 'json', 'docket-model.json'), '{');
    await edit('unlisted', { files: [{ path: '../x', bytes: 1, sha256: '0'.repeat(64) }] });
    await edit('newer', { format: 2 });
    await rename(join(folder, 'moved'), join(folder, 'renamed'));
    await mkdir(join(folder, 'empty'));
    await mkdir(join(folder, '.import-1-00000000-00000000'));
    await writeFile(join(folder, 'pins.json'), '{}');
    const { models, broken } = await registry.list();
    expect(models.map(({ name }) => name)).toEqual(['good']);
    expect(broken.map(({ name, error }) => [name, error.code, error.message])).toEqual([
      ['cut', 'model.checksum_mismatch', expect.stringMatching(/model\.safetensors has 5 bytes and not \d+/)],
      ['empty', 'model.incompatible', expect.stringContaining('docket-model.json')],
      ['gone', 'model.checksum_mismatch', expect.stringMatching(/tokenizer\.json is gone.*docket models verify gone/)],
      ['json', 'model.incompatible', expect.stringContaining('newer Docket')],
      ['newer', 'model.incompatible', expect.stringContaining('newer Docket')],
      ['renamed', 'model.incompatible', expect.stringContaining('holds the model moved')],
      ['unlisted', 'model.incompatible', expect.stringContaining('"../x"')],
    ]);
  });

  it.each([
    [{ tasks: ['embedding'] }, 'no settings for embedding'],
    [{ static: { weights: 'x', tokenizer: 'tokenizer.json', normalize: true } }, 'it uses "x"'],
  ])('refuses a manifest that contradicts itself (%#)', async (changes, problem) => {
    await install('a', staticFiles());
    await edit('a', changes);
    expect((await registry.list()).broken[0]?.error.message).toContain(problem);
  });
});

describe('resolve', () => {
  it('gives folder and manifest', async () => {
    await install('a', staticFiles());
    expect(await registry.resolve('a', 'static')).toMatchObject({ folder: join(folder, 'a'), manifest: { name: 'a' } });
  });

  it('names the commands that install a model', async () => {
    await install('a', staticFiles());
    await expect(registry.resolve('b', 'static')).rejects.toMatchObject({
      code: 'model.not_installed',
      message: expect.stringMatching(/there are: a.*docket models import PATH.*docket models pull b/),
    });
  });

  it('says what a model can be used for', async () => {
    await install('a', staticFiles());
    await expect(registry.resolve('a', 'zero-shot')).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining('it can be used for static'),
      data: { fault: 'wrong_task', tasks: ['static'] },
    });
  });

  it('looks at sizes, but reads no weights', async () => {
    await install('a', staticFiles());
    await writeFile(join(folder, 'a', 'tokenizer.json'), '{"version":"9.9"}');
    await expect(registry.resolve('a', 'static')).resolves.toBeDefined();
    await writeFile(join(folder, 'a', 'tokenizer.json'), '');
    await expect(registry.resolve('a', 'static')).rejects.toMatchObject({ code: 'model.checksum_mismatch' });
  });

  it.each(['../a', '', 'a/b', '.import-1'])('refuses %j as a name', async (name) => {
    await expect(registry.resolve(name, 'static')).rejects.toMatchObject({ code: 'request.invalid_input' });
    await expect(registry.remove(name)).rejects.toMatchObject({ code: 'request.invalid_input' });
  });
});

describe('soleModelFor', () => {
  it('finds the only one', async () => {
    await install('a', staticFiles());
    await install('b', classifierFiles());
    expect((await registry.soleModelFor('zero-shot')).name).toBe('b');
  });

  it('says when there is none, and which is damaged', async () => {
    const error = { code: 'model.not_installed', message: expect.stringContaining('docket models import PATH') };
    await expect(registry.soleModelFor('embedding')).rejects.toMatchObject(error);
    await install('a', encoderFiles());
    await rm(join(folder, 'a', 'config.json'));
    await expect(registry.soleModelFor('embedding')).rejects.toThrow(/a cannot be used: .*config\.json is gone/);
  });

  it('does not choose between several', async () => {
    await install('a', staticFiles());
    await install('b', staticFiles());
    await expect(registry.soleModelFor('static')).rejects.toMatchObject({
      code: 'request.invalid_input',
      message: expect.stringMatching(/a, b; name one with --model/),
    });
  });
});

describe('verify', () => {
  it('accepts a model as it was imported', async () => {
    await install('a', encoderFiles());
    await writeFile(join(folder, 'a', '.DS_Store'), 'x');
    expect(await registry.verify('a')).toEqual(await registry.get('a'));
  });

  it('tells missing, changed and extra files apart', async () => {
    await install('a', encoderFiles());
    const model = join(folder, 'a');
    await rm(join(model, 'config.json'));
    await writeFile(join(model, 'tokenizer.json'), '{"version":"9.9"}');
    await writeFile(join(model, 'onnx', 'new.json'), '{}');
    await rm(join(model, 'tokenizer_config.json'));
    await symlink('/etc/hostname', join(model, 'tokenizer_config.json'));
    await expect(registry.verify('a')).rejects.toMatchObject({
      code: 'model.checksum_mismatch',
      data: {
        missing: ['config.json'],
        changed: ['tokenizer.json', 'tokenizer_config.json'],
        extra: ['onnx/new.json'],
      },
      message: expect.stringMatching(/missing: config\.json; changed: .*; extra: onnx\/new\.json/),
    });
  });

  it('says when a model is not there', async () => {
    await expect(registry.verify('a')).rejects.toMatchObject({ code: 'model.not_installed' });
  });
});

describe('remove', () => {
  it('leaves nothing', async () => {
    await install('a', encoderFiles());
    await install('b', encoderFiles());
    await registry.remove('a');
    expect(await readdir(folder)).toEqual(['b']);
    await expect(registry.remove('a')).rejects.toMatchObject({ code: 'model.not_installed' });
  });

  it('removes broken ones too', async () => {
    await writeFiles(join(folder, 'broken'), { 'model.onnx': 'x' });
    await registry.remove('broken');
    expect(await readdir(folder)).toEqual([]);
  });
});

async function install(name: string, files: Parameters<typeof writeFiles>[1]): Promise<void> {
  await registry.import(await writeFiles(join(await temporaryFolder(), name), files));
}

async function edit(name: string, changes: object): Promise<void> {
  const { manifest } = await registry.get(name);
  await writeFile(join(folder, name, 'docket-model.json'), JSON.stringify({ ...manifest, ...changes }));
}
