import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readDocument, toDocketError } from '@docket/core';
import { describe, expect, test } from 'vitest';
import { defaultPages, fixtureFolder } from '../speed/speed-documents.js';
import { distinctCopy } from './distinct-copy.js';

const fixtures = readdirSync(fixtureFolder).map((name) => ({ name, path: join(fixtureFolder, name) }));

describe.each(fixtures)('a copy of $name', ({ path, name }) => {
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

/** The texts of the pages, or why there are none: without OCR, a scan has none. */
async function textsOf(bytes: Uint8Array, name: string): Promise<string[] | string> {
  try {
    const { pages } = await readDocument({ bytes, name }, { selection: defaultPages, ocr: 'off' });
    return pages.map(({ text }) => text);
  } catch (error) {
    return toDocketError(error).code;
  }
}
