import { expect, it } from 'vitest';
import { linesOfText, pdfOfPages } from '../../testing/raw-pdf.js';
import { withoutRepeatedObjects } from './without-repeated-objects.js';

const beginnings = (bytes: Uint8Array) =>
  Buffer.from(bytes)
    .toString('latin1')
    .match(/\d+ 0 obj/g) ?? [];

it('leaves a document as it is, also one that was changed now and then', () => {
  const document = pdfOfPages([linesOfText(['a line of text'])]);
  expect(withoutRepeatedObjects(document)).toBe(document);
  const changed = Buffer.concat([document, Buffer.from('7 0 obj\n<< /A 1 >>\nendobj\n'.repeat(20))]);
  expect(withoutRepeatedObjects(changed)).toBe(changed);
});

it('keeps the last beginnings of an object that begins again and again, and every byte in its place', () => {
  const damaged = Buffer.from(`1 0 obj\n<< >>\nendobj\n${'7 0 obj\n<< /ProcSet [/PDF '.repeat(7000)}`);
  const mended = withoutRepeatedObjects(damaged);
  expect(mended.length).toBe(damaged.length);
  expect(beginnings(mended)).toEqual(['1 0 obj', ...Array.from({ length: 20 }, () => '7 0 obj')]);
  expect(Buffer.from(mended).lastIndexOf('7 0 obj')).toBe(damaged.lastIndexOf('7 0 obj'));
  expect(beginnings(damaged)).toHaveLength(7001);
});
