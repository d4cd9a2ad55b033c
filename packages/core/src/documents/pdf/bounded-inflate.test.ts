import { deflateSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { linesOfText, rawPdf } from '../../testing/raw-pdf.js';
import { readText, TEST_LIMITS } from '../testing/read-text.js';
import { installBoundedInflate } from './bounded-inflate.js';
import { pdfjsReader } from './pdfjs-reader.js';

const Original = globalThis.DecompressionStream;
beforeAll(installBoundedInflate);
afterAll(() => void Object.assign(globalThis, { DecompressionStream: Original }));

/** A PDF whose page is packed; the font is missing, which readers make good. */
function packedPdf(content: string, damage = 0): Uint8Array {
  const packed = deflateSync(content);
  const stream = packed.subarray(0, packed.length - damage).toString('latin1');
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 5 0 R >> >> /Contents 4 0 R >>',
    { dictionary: '/Filter /FlateDecode', stream },
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]);
}

describe('installBoundedInflate', () => {
  it('lets pages be read', async () => {
    expect((await readText(pdfjsReader, packedPdf(linesOfText(['Invoice 4711'])))).text.trim()).toBe('Invoice 4711');
  });

  it('leaves what is damaged to pdf.js, which reads what there is', async () => {
    const { text } = await readText(pdfjsReader, packedPdf(linesOfText(['Invoice 4711']), 4));
    expect(text.trim()).toBe('Invoice 4711');
  });

  it('refuses what unpacks beyond measure, and only that', async () => {
    const limits = { ...TEST_LIMITS, maxCharacters: 1000 };
    const bomb = packedPdf(`${linesOfText(['Invoice'])}${'q Q '.repeat(3 * 2 ** 20)}`);
    await expect(readText(pdfjsReader, bomb, { limits })).rejects.toMatchObject({
      code: 'document.too_large',
      data: { limit: 'limits.maxCharacters' },
    });
    expect((await readText(pdfjsReader, packedPdf(linesOfText(['after'])), { limits })).text.trim()).toBe('after');
  });

  it('leaves other uses of the stream as they were', async () => {
    const packed = new Blob([deflateSync('x')]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    await expect(new Response(packed).text()).rejects.toThrow();
  });
});
