import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FAKE_COMMIT, sha256 } from '../../testing/fake-hub.js';
import { checkDownload, type ExpectedHashes } from './check-download.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function check(content: string, expected: ExpectedHashes = {}) {
  const path = join(folder, 'part');
  await writeFile(path, content);
  const repository = { repository: 'owner/model', commit: FAKE_COMMIT, files: new Map() };
  return checkDownload(path, { file: { path: 'a.json' }, repository, hub: new URL('http://hub.test'), expected });
}

const RIGHT = sha256(Buffer.from('{}'));
const WRONG = 'ef'.repeat(32);

describe('a file that has all its bytes', () => {
  it('is told by its hash, and whose it is', async () => {
    const all = { catalogue: RIGHT, pin: RIGHT, hub: RIGHT };
    expect(await check('{}')).toEqual({ path: 'a.json', bytes: 2, sha256: RIGHT, checkedAgainst: [] });
    expect((await check('{}', { pin: RIGHT })).checkedAgainst).toEqual(['pin']);
    expect((await check('{}', all)).checkedAgainst).toEqual(['catalogue', 'pin', 'hub']);
  });

  it.each(['catalogue', 'pin', 'hub'] as const)('is refused when its hash is not that of the %s', async (source) => {
    const expected = { catalogue: RIGHT, pin: RIGHT, hub: RIGHT, [source]: WRONG };
    await expect(check('{}', expected)).rejects.toMatchObject({
      code: 'model.checksum_mismatch',
      data: { reason: 'hash_mismatch', path: 'a.json', source, expected: WRONG, actual: RIGHT },
    });
  });

  it.each(['<!DOCTYPE html><p>Sign in', '\n <html lang="en">', '<HEAD>'])('is no web page: %j', async (page) => {
    await expect(check(page, { hub: WRONG })).rejects.toMatchObject({
      code: 'model.incompatible',
      data: { reason: 'html_page' },
    });
  });

  it('is no Git LFS pointer', async () => {
    const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${WRONG}\nsize 500000\n`;
    await expect(check(pointer, { hub: WRONG })).rejects.toMatchObject({
      code: 'model.incompatible',
      data: { reason: 'lfs_pointer' },
      message: expect.stringMatching(/Git LFS pointer instead of a\.json of owner\/model/),
    });
  });

  it('may be empty', async () => {
    expect((await check('')).bytes).toBe(0);
  });
});
