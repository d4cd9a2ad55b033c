import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import {
  isCurrentIdentity,
  PDF_READER_IDENTITIES,
  pdfReaderIdentities,
  READER_IDENTITIES,
} from './reader-identities.js';

describe('the identities of readers', () => {
  it('name the version of the library that is installed', async () => {
    const require = createRequire(import.meta.url);
    const versionOf = async (file: string) => JSON.parse(await readFile(file, 'utf8')).version;
    const pdfjs = await versionOf(require.resolve('pdfjs-dist/package.json'));
    const pdfium = await versionOf(
      require.resolve('@hyzyla/pdfium/pdfium.wasm').replace('dist/pdfium.wasm', 'package.json'),
    );
    expect(PDF_READER_IDENTITIES.pdfjs).toMatch(`pdfjs-${pdfjs}/`);
    expect(PDF_READER_IDENTITIES.pdfium).toMatch(`pdfium-${pdfium}/`);
  });

  it('are those of today for one choice of a PDF reader alone', () => {
    for (const chosen of ['pdfjs', 'pdfium'] as const) {
      for (const name of ['pdfjs', 'pdfium'] as const) {
        for (const identity of Object.values(pdfReaderIdentities(name))) {
          expect(isCurrentIdentity(identity, { format: 'pdf', pdfReader: chosen })).toBe(name === chosen);
        }
      }
    }
    expect(isCurrentIdentity(READER_IDENTITIES.docx, { format: 'docx' })).toBe(true);
    expect(isCurrentIdentity('docx-0', { format: 'docx' })).toBe(false);
  });
});
