import { mkdir, readdir, readFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentGone } from '../file-errors.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { LocalCopies } from './local-copies.js';

const UUID = '01234567-89ab-4def-8123-456789abcdef';

/** Beyond what a system gives. */
const NO_PROCESS = 2 ** 30;

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

describe('LocalCopies', () => {
  it('makes one copy for all who hold it, gone with the last of them', async () => {
    const copies = await LocalCopies.open(await temporaryFolder());
    const first = await copies.hold('a', () => bytesOf('text'));
    const second = await copies.hold('a', () => bytesOf('other'));
    const path = first && 'path' in first ? first.path : '';
    expect(second).toMatchObject({ path });
    await first?.[Symbol.asyncDispose]();
    await first?.[Symbol.asyncDispose]();
    expect(await readFile(path, 'utf8')).toBe('text');
    await second?.[Symbol.asyncDispose]();
    await expect(readFile(path)).rejects.toThrow('ENOENT');
    await copies.close();
  });

  it('holds nothing of a content that is gone', async () => {
    const copies = await LocalCopies.open(await temporaryFolder());
    const bytes = async function* (): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a');
      throw contentGone();
    };
    expect(await copies.hold('a', bytes)).toBeUndefined();
    await copies.close();
  });

  it('removes what processes of this machine left that are gone, and nothing of others', async () => {
    const home = await temporaryFolder();
    const left = `${hostname()}.${NO_PROCESS}.${UUID}`;
    const others = [
      `${hostname()}.1.${UUID}`,
      `${hostname()}.example.com.${NO_PROCESS}.${UUID}`,
      `other.${NO_PROCESS}.${UUID}`,
      'something',
    ];
    for (const name of [left, ...others]) await mkdir(join(home, 'copies', name), { recursive: true });
    const first = await LocalCopies.open(home);
    const second = await LocalCopies.open(home);
    const names = await readdir(join(home, 'copies'));
    expect(names).toHaveLength(others.length + 2);
    expect(names).toEqual(expect.arrayContaining(others));
    await Promise.all([first.close(), second.close()]);
    expect((await readdir(join(home, 'copies'))).sort()).toEqual([...others].sort());
  });
});
