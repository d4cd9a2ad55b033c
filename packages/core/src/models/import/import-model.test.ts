import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { modelManifestSchema } from '../model-manifest.js';
import { encoderFiles, madeOnnx, staticFiles, temporaryFolder, writeFiles } from '../testing/made-models.js';
import { compareModel, isWhole } from '../verify-model.js';
import { importModel } from './import-model.js';

let home: string;
let source: string;

beforeEach(async () => {
  home = join(await temporaryFolder(), 'deep', 'models');
  source = await writeFiles(join(await temporaryFolder(), 'made'), encoderFiles());
});

describe('importModel', () => {
  it('copies the files and writes a manifest that is true', async () => {
    const { manifest, folder, bytes, outcome } = await importModel(home, source);
    expect(outcome).toBe('new');
    expect(folder).toBe(join(home, 'made'));
    expect(await readdir(home)).toEqual(['made']);
    const written = modelManifestSchema.parse(JSON.parse(await readFile(join(folder, 'docket-model.json'), 'utf8')));
    expect(written).toEqual(manifest);
    expect(manifest).toMatchObject({ format: 1, name: 'made', origin: { kind: 'folder' } });
    expect(bytes).toBe(manifest.files.reduce((sum, file) => sum + file.bytes, 0));
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
  });

  it('lets nobody else read what it writes', async () => {
    const { folder } = await importModel(home, source);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, 'onnx/model.onnx'))).mode & 0o777).toBe(0o600);
  });

  it('takes the name that it is given, and refuses one that no folder can have', async () => {
    expect((await importModel(home, source, { name: 'other.v2' })).manifest.name).toBe('other.v2');
    for (const name of ['../up', '', '.hidden', 'a b']) {
      await expect(importModel(home, source, { name })).rejects.toMatchObject({
        code: 'request.invalid_input',
        data: { field: 'name' },
      });
    }
  });

  it('does nothing when the same is there', async () => {
    const first = await importModel(home, source);
    const before = await stat(first.folder);
    const again = await importModel(home, source, { origin: { kind: 'hub', repository: 'a/b' } });
    expect(again.outcome).toBe('unchanged');
    expect((await stat(first.folder)).ino).toBe(before.ino);
    expect(await readdir(home)).toEqual(['made']);
  });

  it('mends the same when it is damaged', async () => {
    const { folder, manifest } = await importModel(home, source);
    await writeFile(join(folder, 'onnx/model.onnx'), 'damaged');
    expect((await importModel(home, source)).outcome).toBe('replaced');
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
  });

  it('replaces another model only when told to', async () => {
    await importModel(home, source);
    await writeFiles(source, { 'onnx/model.onnx': madeOnnx({ weightBytes: 10 }) });
    await expect(importModel(home, source)).rejects.toMatchObject({
      code: 'request.invalid_input',
      message: expect.stringContaining('--replace'),
    });
    const { folder, manifest, outcome } = await importModel(home, source, { replace: true });
    expect(outcome).toBe('replaced');
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
    expect(await readdir(home)).toEqual(['made']);
  });

  it('keeps the old model when the new one cannot be imported', async () => {
    const { folder, manifest } = await importModel(home, source);
    await writeFiles(source, { 'onnx/model.onnx': 'broken' });
    await expect(importModel(home, source, { replace: true })).rejects.toMatchObject({ code: 'model.incompatible' });
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
    expect(await readdir(home)).toEqual(['made']);
  });

  it('lets one of several at once win, and says so to the others', async () => {
    const others = await writeFiles(join(await temporaryFolder(), 'made'), staticFiles());
    const sources = [source, others, source, others];
    const outcomes = await Promise.allSettled(sources.map((one) => importModel(home, one)));
    const won = outcomes.filter((one) => one.status === 'fulfilled').map(({ value }) => value.manifest.tasks[0]);
    expect(new Set(won).size).toBe(1);
    expect(won).toHaveLength(2);
    expect(await readdir(home)).toEqual(['made']);
  });
});

describe('prepare', () => {
  it('adds files to the model', async () => {
    const { manifest, folder } = await importModel(home, source, {
      prepare: async (staged, draft) => {
        expect(draft.files).toHaveLength(4);
        expect(await readFile(join(staged, 'config.json'), 'utf8')).toContain('bert');
        await writeFile(join(staged, 'background.embedding.json'), '{"deviation": 1}');
      },
    });
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'background.embedding.json',
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
  });

  it('may change a file, which is hashed again', async () => {
    const prepare = (staged: string) => writeFile(join(staged, 'tokenizer.json'), '{"version":"2.0"}');
    const { manifest, folder } = await importModel(home, source, { prepare });
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
  });

  it('fails the import when it fails', async () => {
    const prepare = () => Promise.reject(new Error('no background'));
    await expect(importModel(home, source, { prepare })).rejects.toThrow('no background');
    expect(await readdir(home)).toEqual([]);
  });
});

it('says so when the disk is full, and leaves nothing', async () => {
  const prepare = () => Promise.reject(Object.assign(new Error('no space left'), { code: 'ENOSPC' }));
  const error = { code: 'capacity.disk_full', message: expect.stringContaining(home) };
  await expect(importModel(home, source, { prepare })).rejects.toMatchObject(error);
  expect(await readdir(home)).toEqual([]);
});

describe('leftovers of killed imports', () => {
  const own = (pid: number, kind = 'import', host = '') => `.${kind}-${pid}-${host}-01234567`;

  it('are removed by the next import, those of running ones are not', async () => {
    const host = await hostTag();
    const running = own(process.pid, 'import', host);
    const gone = own(2 ** 22 + 1, 'import', host);
    const elsewhere = own(2 ** 22 + 1, 'import', 'ffffffff');
    const old = own(process.pid, 'removed', 'ffffffff');
    for (const name of [running, gone, elsewhere, old, '.downloads']) {
      await writeFiles(join(home, name), { 'model.onnx': 'half' });
    }
    const longAgo = new Date(Date.now() - 25 * 3600 * 1000);
    await utimes(join(home, old), longAgo, longAgo);
    await importModel(home, source);
    expect(await readdir(home)).toEqual([running, elsewhere, '.downloads', 'made'].sort());
  });

  it('that were being replaced get their name back', async () => {
    const { folder, manifest } = await importModel(home, source);
    const aside = join(home, `${own(2 ** 22 + 1, 'replaced', await hostTag())}-made`);
    await rename(folder, aside);
    await importModel(home, source, { name: 'other' });
    expect(await readdir(home)).toEqual(['made', 'other']);
    expect(isWhole(await compareModel(folder, manifest))).toBe(true);
  });
});

/** The part of temporary names that stands for this machine. */
async function hostTag(): Promise<string> {
  let tag = '';
  await importModel(home, source, {
    name: 'probe',
    prepare: async (staged) => {
      tag = /-([0-9a-f]{8})-[0-9a-f]{8}$/.exec(staged)?.[1] ?? '';
    },
  });
  await rm(join(home, 'probe'), { recursive: true });
  return tag;
}
