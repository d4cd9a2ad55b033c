import { readFileSync, renameSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ContentIndex } from './content-index.js';

let folder: string;
let document: string;
let indexFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-contents-'));
  document = join(folder, 'a.txt');
  indexFile = join(folder, 'cache', 'contents.json');
  writeFileSync(document, 'one');
});
afterEach(() => rm(folder, { recursive: true }));

/** Puts what an index of a later run would find in place of a hash, to tell what was looked up from what was read. */
function plant(hash: string): void {
  const { ino, size, mtimeNs, ctimeNs } = statSync(document, { bigint: true });
  const entries = JSON.parse(readFileSync(indexFile, 'utf8'));
  const planted = Object.keys(entries).map((key) => [key, [`${ino} ${size} ${mtimeNs} ${ctimeNs}`, hash]]);
  writeFileSync(indexFile, JSON.stringify(Object.fromEntries(planted)));
}

/** An index that knows the document, as if it had been there for long. */
async function knowing(): Promise<void> {
  const index = new ContentIndex(indexFile);
  const now = Date.now;
  Date.now = () => now() + 10_000;
  try {
    await index.identify(document);
  } finally {
    Date.now = now;
  }
  await index.save();
}

const HASH_OF_ONE = '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed';

describe('ContentIndex', () => {
  it('gives the SHA-256 of a file', async () => {
    expect((await new ContentIndex(indexFile).identify(document))?.hash).toBe(HASH_OF_ONE);
    expect(await new ContentIndex(indexFile).identify(join(folder, 'gone'))).toBeUndefined();
    expect(await new ContentIndex(indexFile).identify(folder)).toBeUndefined();
  });

  it('does not open a file that looks as it did', async () => {
    await knowing();
    plant('planted');
    expect((await new ContentIndex(indexFile).identify(document))?.hash).toBe('planted');
    expect(readFileSync(indexFile, 'utf8')).not.toContain('a.txt');
  });

  it.each([
    ['was written to', () => writeFileSync(document, 'two')],
    [
      'was replaced by one of the same size and time',
      () => {
        const { atime, mtime } = statSync(document);
        writeFileSync(`${document}.new`, 'two');
        utimesSync(`${document}.new`, atime, mtime);
        renameSync(`${document}.new`, document);
      },
    ],
  ])('looks again when it %s', async (_, change) => {
    await knowing();
    plant('planted');
    change();
    expect((await new ContentIndex(indexFile).identify(document))?.hash).not.toBe('planted');
  });

  it('does not trust the times of a file that changed a moment ago', async () => {
    const index = new ContentIndex(indexFile);
    await index.identify(document);
    await index.save();
    expect(() => statSync(indexFile)).toThrow(/ENOENT/);
  });

  it('begins anew when what it wrote cannot be read, and goes on when it cannot write', async () => {
    await knowing();
    writeFileSync(indexFile, 'not json');
    expect((await new ContentIndex(indexFile).identify(document))?.hash).toBe(HASH_OF_ONE);
    const index = new ContentIndex(join(document, 'contents.json'));
    expect((await index.identify(document))?.hash).toBe(HASH_OF_ONE);
    await index.save();
  });
});
