import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DocketError } from '../../errors.js';
import { FAKE_COMMIT, type FakeHub, sha256 } from '../../testing/fake-hub.js';
import { ENTRY, FILES, GRAPH, PullBench } from '../../testing/pull-bench.js';
import type { PullOptions } from '../pull-model.js';

let bench: PullBench;
let hub: FakeHub;

beforeEach(async () => {
  bench = await PullBench.start();
  hub = bench.hub;
});
afterEach(() => bench[Symbol.asyncDispose]());

const pull = (options: Partial<PullOptions<string>> = {}) => bench.pull(options);

async function failure(options: Partial<PullOptions<string>> = {}): Promise<DocketError> {
  const { thrown, installed } = await bench.failure(options);
  expect(installed).toBe(false);
  expect(thrown).toBeInstanceOf(DocketError);
  return thrown as DocketError;
}

describe('what was seen on the first use', () => {
  const pinsPath = () => join(bench.folder, 'pins.json');

  it('is recorded, and a second pull is checked against it', async () => {
    await pull();
    expect(JSON.parse(await readFile(pinsPath(), 'utf8')).repositories['owner/model'].commits[FAKE_COMMIT]).toEqual({
      'config.json': sha256(Buffer.from(FILES['config.json'])),
      'tokenizer.json': sha256(Buffer.from(FILES['tokenizer.json'])),
      'onnx/model.onnx': sha256(GRAPH),
    });
    const again = await pull();
    expect(again.firstUse).toBe(false);
    expect(again.files.map((file) => file.checkedAgainst)).toEqual([['pin'], ['pin'], ['pin', 'hub']]);
  });

  it('is held against other bytes under the same commit', async () => {
    await pull();
    hub.files.set('tokenizer.json', Buffer.from('{"other":0}!'));
    const error = await failure();
    expect(error).toMatchObject({
      code: 'model.checksum_mismatch',
      data: { reason: 'hash_mismatch', source: 'pin', path: 'tokenizer.json' },
    });
    expect(await bench.downloads()).not.toContainEqual(expect.stringMatching(/tokenizer/));
  });

  it('is held against a large file before a byte of it is fetched', async () => {
    await pull();
    hub.files.set('onnx/model.onnx', Buffer.from(GRAPH).fill(7));
    const before = hub.sentBytes(/objects/);
    expect(await failure()).toMatchObject({ code: 'model.checksum_mismatch', data: { source: 'pin' } });
    expect(hub.sentBytes(/objects/)).toBe(before);
  });

  it('stays the commit that is pulled, until another is asked for', async () => {
    await pull();
    const first = hub.commit;
    hub.commit = 'beef'.padEnd(40, '1');
    expect((await failure()).message).toContain(first);
    expect((await pull({ revision: 'main' })).revision).toBe(hub.commit);
    expect((await pull()).revision).toBe(hub.commit);
  });

  it('does not pass for nothing when the file of it is damaged', async () => {
    await writeFile(pinsPath(), '{"format":1,');
    expect(await failure()).toMatchObject({ code: 'resource.unreadable', data: { path: pinsPath() } });
    expect(hub.requests).toEqual([]);
  });
});

describe('hashes of the catalogue', () => {
  const files = (hash: string) =>
    ENTRY.files.map((file) => (file.path === 'config.json' ? { ...file, sha256: hash } : file));

  it('are compared at the commit that they are of', async () => {
    const entry = { ...ENTRY, revision: FAKE_COMMIT };
    const right = sha256(Buffer.from(FILES['config.json']));
    const pulled = await pull({ catalogue: [{ ...entry, files: files(right) }] });
    expect(pulled.files[0]?.checkedAgainst).toEqual(['catalogue']);
    await rm(join(bench.folder, 'pins.json'));
    expect(await failure({ catalogue: [{ ...entry, files: files('0'.repeat(64)) }] })).toMatchObject({
      code: 'model.checksum_mismatch',
      data: { source: 'catalogue', path: 'config.json' },
    });
  });
});
