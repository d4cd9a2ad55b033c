import { describe, expect, it } from 'vitest';
import { mappedPdf } from '../../testing/mapped-pdf.js';
import type { PdfReaderName } from '../pdf/pdf-reader-names.js';
import { readDocument } from '../read-document.js';
import { boxOf } from './places.js';

/** How every reader of PDF puts letters together to words and lines. */
export function describeWords(pdfReader: PdfReaderName): void {
  const document = (bytes: Uint8Array) => readDocument(bytes, { pdfReader });

  describe('words', () => {
    const textOf = async (content: string, letters: Readonly<Record<string, string>> = {}) =>
      (await document(mappedPdf(content, { letters }))).pages[0]?.text;

    it('end at gaps that no blank fills', async () => {
      expect(await textOf('BT /F1 12 Tf 50 700 Td [(two)-300(words)] TJ ET')).toBe('two words');
    });

    it('hold together over kerning and pieces', async () => {
      expect(await textOf('BT /F1 12 Tf 50 700 Td [(W)60(or)-20(d)] TJ (ing) Tj ET')).toBe('Wording');
    });

    it('stand apart in cells of one row', async () => {
      const row = 'BT /F1 12 Tf 50 700 Td (Amount) Tj 200 0 Td (Total) Tj 100 0 Td (12.50) Tj ET';
      expect((await textOf(row))?.split(/\s+/)).toEqual(['Amount', 'Total', '12.50']);
    });

    it('break with their lines', async () => {
      expect(await textOf('BT /F1 12 Tf 14 TL 50 700 Td (One line) Tj T* (and the next) Tj ET')).toBe(
        'One line\nand the next',
      );
    });

    it('follow one column after the other as these are written', async () => {
      const column = (x: number, lines: readonly string[]) =>
        `BT /F1 12 Tf 14 TL ${x} 700 Td ${lines.map((line) => `(${line}) Tj T*`).join(' ')} ET`;
      const text = await textOf(`${column(50, ['left one', 'left two'])} ${column(350, ['right one', 'right two'])}`);
      expect(text?.split(/\n+/)).toEqual(['left one', 'left two', 'right one', 'right two']);
    });

    it('are joined over a hyphen at the end of a line', async () => {
      expect(await textOf('BT /F1 12 Tf 14 TL 50 700 Td (the inter-) Tj T* (national market) Tj ET')).toBe(
        'the international\nmarket',
      );
    });

    it('have their ligatures taken apart', async () => {
      expect(await textOf('BT /F1 12 Tf 50 700 Td (of#ce) Tj ET', { '#': '\ufb01' })).toBe('office');
    });

    it('from right to left are in the order in which they are spoken', async () => {
      // Shalom, its letters from left to right as they are painted.
      const letters = { a: '\u05dd', b: '\u05d5', c: '\u05dc', d: '\u05e9' };
      expect(await textOf('BT /F1 12 Tf 50 700 Td (abcd) Tj ET', letters)).toBe('\u05e9\u05dc\u05d5\u05dd');
    });

    it('may have letters outside the first plane', async () => {
      const box = (
        await document(mappedPdf('BT /F1 12 Tf 50 700 Td (a#b words) Tj ET', { letters: { '#': '\u{1d54f}' } }))
      ).pages[0];
      expect(box?.text).toBe('aXb words');
      expect(box && boxOf(box, 'words').x).toBeGreaterThan(60);
    });
  });
}
