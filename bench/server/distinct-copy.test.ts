import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readDocument } from '@docket/core';
import { describe, expect, test } from 'vitest';
import { defaultPages, fixturePaths } from '../speed/speed-documents.js';
import { distinctCopy } from './distinct-copy.js';

const fixtures = await fixturePaths();

describe.each(fixtures.map((path) => ({ path, name: basename(path) })))('a copy of $name', ({ path, name }) => {
  test('reads as the original does', async () => {
    const bytes = await readFile(path);
    expect(await textsOf(distinctCopy(bytes, 5), name)).toEqual(await textsOf(bytes, name));
  });

  test('has bytes of its own', async () => {
    const bytes = await readFile(path);
    const copies = [0, 1, 2, 3, 1000].map((number) => distinctCopy(bytes, number).toString('latin1'));
    expect(new Set([...copies, bytes.toString('latin1')]).size).toBe(copies.length + 1);
  });
});

async function textsOf(bytes: Uint8Array, name: string): Promise<string[]> {
  const { pages } = await readDocument({ bytes, name }, { selection: defaultPages });
  return pages.map(({ text }) => text);
}
