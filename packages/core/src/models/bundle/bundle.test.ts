import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { type Header, pack } from 'tar-stream';
import { beforeEach, describe, expect, it } from 'vitest';
import { ModelRegistry } from '../model-registry.js';
import { encoderFiles, madeOnnx, temporaryFolder, writeFiles } from '../testing/made-models.js';

interface Part extends Partial<Header> {
  readonly name: string;
  readonly content?: string | Uint8Array;
}

let registry: ModelRegistry;
let elsewhere: ModelRegistry;
let file: string;

beforeEach(async () => {
  const folder = await temporaryFolder();
  registry = new ModelRegistry({ folder: join(folder, 'here') });
  elsewhere = new ModelRegistry({ folder: join(folder, 'there') });
  file = join(folder, 'made.tar.gz');
  const graph = madeOnnx({ weightBytes: 3_000_000 });
  // Noise, so that the bundle has as many pieces as a real one.
  randomBytes(1_000_000).copy(graph, graph.indexOf(Buffer.alloc(100, 7)) + 100);
  const source = await writeFiles(join(folder, 'made'), encoderFiles({ 'onnx/model.onnx': graph }));
  const origin = { kind: 'hub', repository: 'owner/made', revision: 'abc' } as const;
  const prepare = (staged: string) => writeFile(join(staged, 'background.embedding.json'), '{}');
  await registry.import(source, { origin, prepare });
});

describe('a bundle', () => {
  it('brings a model to another machine', async () => {
    await registry.bundle('made', file);
    const { manifest, outcome } = await elsewhere.import(file);
    const { manifest: original } = await registry.get('made');
    expect(outcome).toBe('new');
    expect(manifest).toEqual({ ...original, origin: { ...original.origin, kind: 'bundle' } });
    await expect(elsewhere.verify('made')).resolves.toBeDefined();
    expect((await elsewhere.import(file)).outcome).toBe('unchanged');
    expect((await elsewhere.import(file, { name: 'other' })).manifest.name).toBe('other');
  });

  it('has the same bytes each time, the manifest first and nothing of this machine', async () => {
    await registry.bundle('made', file);
    const bytes = await readFile(file);
    await registry.bundle('made', file, { replace: true });
    expect(bytes.equals(await readFile(file))).toBe(true);
    const first = gunzipSync(bytes).subarray(0, 512);
    expect(first.toString('latin1', 0, 17)).toBe('docket-model.json');
    expect(first.toString('latin1', 136, 147)).toBe('00000000000');
  });

  it('replaces no file unless told to', async () => {
    await writeFile(file, 'mine');
    await expect(registry.bundle('made', file)).rejects.toMatchObject({
      code: 'request.invalid_input',
      message: expect.stringContaining('--replace'),
    });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });

  it('is not made of a damaged model', async () => {
    const folder = join(registry.folder, 'made');
    await writeFile(join(folder, 'tokenizer.json'), '{"version":"9.9"}');
    await expect(registry.bundle('made', file)).rejects.toMatchObject({
      code: 'model.checksum_mismatch',
      data: { file: join(folder, 'tokenizer.json') },
    });
    await rm(join(folder, 'tokenizer.json'));
    await expect(registry.bundle('made', file)).rejects.toMatchObject({ code: 'model.checksum_mismatch' });
    await writeFile(join(folder, 'config.json'), 'x'.repeat(5_000_000));
    await expect(registry.bundle('made', file)).rejects.toMatchObject({ code: 'model.checksum_mismatch' });
    expect(await readdir(join(file, '..'))).toEqual(['here', 'made']);
  });

  it('names a folder that is not there', async () => {
    const target = join(file, '..', 'nowhere', 'made.tar.gz');
    await expect(registry.bundle('made', target)).rejects.toMatchObject({ code: 'resource.file_not_found' });
  });

  it('says itself what its model is', async () => {
    await registry.bundle('made', file);
    const told = elsewhere.import(file, { embedding: { pooling: 'cls' } });
    await expect(told).rejects.toMatchObject({ code: 'request.invalid_input' });
  });
});

describe('a bundle that is cut off or damaged', () => {
  it.each([0.2, 0.6, 0.99, 0.9999])('at %d of its length is refused, and nothing stays', async (share) => {
    await registry.bundle('made', file);
    await truncate(file, Math.floor((await readFile(file)).length * share));
    await expect(elsewhere.import(file)).rejects.toMatchObject({
      code: 'model.incompatible',
      data: { fault: 'bundle_truncated' },
    });
    expect(await readdir(elsewhere.folder)).toEqual([]);
  });

  it('is refused by its checksum', async () => {
    await registry.bundle('made', file);
    const bytes = gunzipSync(await readFile(file));
    bytes[bytes.length - 20_000] = 1 + (bytes[bytes.length - 20_000] ?? 0);
    await writeFile(file, gzipSync(bytes));
    const refused = elsewhere.import(file);
    await expect(refused).rejects.toMatchObject({ code: 'model.checksum_mismatch' });
    await expect(refused).rejects.toThrow(/onnx\/model\.onnx/);
    expect(await readdir(elsewhere.folder)).toEqual([]);
  });

  it('is refused when its compression is damaged', async () => {
    await registry.bundle('made', file);
    const bytes = await readFile(file);
    bytes.fill(0xff, 1000, 1400);
    await writeFile(file, bytes);
    await expect(elsewhere.import(file)).rejects.toMatchObject({ code: 'model.incompatible' });
  });
});

describe('a hostile bundle', () => {
  const content = '{"version":"1.0"}';

  it.each<[string, string, readonly Part[]]>([
    ['a file that is not listed', 'bundle_unlisted', [{ name: 'evil.json', content: '{}' }]],
    ['a file outside', 'bundle_unlisted', [{ name: '../evil.json', content: '{}' }]],
    ['an absolute name', 'bundle_unlisted', [{ name: '/evil.json', content: '{}' }]],
    [
      'a link in place of a file',
      'bundle_unlisted',
      [{ name: 'config.json', type: 'symlink', linkname: '/etc/passwd' }],
    ],
    [
      'a hard link in place of a file',
      'bundle_unlisted',
      [{ name: 'config.json', type: 'link', linkname: '/etc/passwd' }],
    ],
    ['a folder', 'bundle_unlisted', [{ name: 'onnx', type: 'directory' }]],
    ['a second manifest', 'bundle_unlisted', [{ name: 'docket-model.json', content: '{}' }]],
    ['a missing file', 'bundle_truncated', []],
  ])('with %s is refused: %s', async (_, fault, parts) => {
    await writeBundleOf([await manifestPart(), ...parts]);
    await expectRefused({ code: 'model.incompatible', data: { fault } });
  });

  it('with a file twice is refused', async () => {
    const tokenizer = { name: 'tokenizer.json', content: await original('tokenizer.json') };
    await writeBundleOf([await manifestPart(), tokenizer, tokenizer]);
    await expectRefused({ data: { fault: 'bundle_unlisted' } });
  });

  it('with other content of the same length is refused', async () => {
    expect((await original('tokenizer.json')).toString()).toBe(content);
    await writeBundleOf([await manifestPart(), { name: 'tokenizer.json', content: content.replace('1.0', '6.6') }]);
    await expectRefused({ code: 'model.checksum_mismatch', data: { file: 'tokenizer.json' } });
  });

  it('with a file of another length is refused before it is written', async () => {
    await writeBundleOf([await manifestPart(), { name: 'tokenizer.json', content: 'x'.repeat(10_000_000) }]);
    await expectRefused({ code: 'model.checksum_mismatch', data: { file: 'tokenizer.json' } });
  });

  it('that expands without end is stopped', async () => {
    const bomb = [gunzipSync(await bundleOf([await manifestPart()])), Buffer.alloc(64 * 1024 ** 2)];
    await writeFile(file, gzipSync(Buffer.concat(bomb)));
    await expectRefused({ data: { fault: 'bundle_too_large' } });
  });

  it.each(['../evil', '/evil', 'a/../../evil', 'docket-model.json', 'C:\\evil'])(
    'whose manifest lists %s is refused',
    async (path) => {
      const { manifest } = await registry.get('made');
      const files = [{ path, bytes: 1, sha256: 'a'.repeat(64) }, ...manifest.files];
      await writeBundleOf([{ name: 'docket-model.json', content: JSON.stringify({ ...manifest, files }) }]);
      await expectRefused({ data: { fault: 'invalid_manifest' } });
    },
  );

  it.each<[string, readonly Part[]]>([
    ['nothing', []],
    ['files in another order', [{ name: 'config.json', content: '{}' }]],
    ['a manifest too long to be one', [{ name: 'docket-model.json', content: ' '.repeat(5_000_000) }]],
  ])('with %s is no bundle', async (_, parts) => {
    await writeBundleOf(parts);
    await expectRefused({ data: { fault: 'not_a_bundle' }, message: expect.stringContaining('docket models bundle') });
  });

  it('of gzip alone is no bundle', async () => {
    await writeFile(file, gzipSync(Buffer.from('no archive'.repeat(100))));
    await expectRefused({ data: { fault: 'not_a_bundle' } });
  });
});

async function expectRefused(error: object): Promise<void> {
  await expect(elsewhere.import(file)).rejects.toMatchObject(error);
  expect(await readdir(elsewhere.folder)).toEqual([]);
}

function original(name: string): Promise<Buffer> {
  return readFile(join(registry.folder, 'made', name));
}

async function manifestPart(): Promise<Part> {
  return { name: 'docket-model.json', content: await original('docket-model.json') };
}

async function writeBundleOf(parts: readonly Part[]): Promise<void> {
  await writeFile(file, await bundleOf(parts));
}

async function bundleOf(parts: readonly Part[]): Promise<Buffer> {
  const archive = pack();
  for (const { content, ...header } of parts) {
    if (content === undefined) archive.entry(header);
    else archive.entry(header, typeof content === 'string' ? content : Buffer.from(content));
  }
  archive.finalize();
  const pieces: Uint8Array[] = [];
  for await (const piece of archive) if (piece instanceof Uint8Array) pieces.push(piece);
  return gzipSync(Buffer.concat(pieces));
}
