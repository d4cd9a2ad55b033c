import type { ReaderChoice } from '../documents/readers.js';
import { DocketError } from '../errors.js';
import { decodePage } from '../page-cache/page-record.js';
import type { EnginePool, PooledOptions } from './engine-pool.js';

const SENTENCE = 'The invoice number is 2024';

/** A page with one line in large print, in a font that every reader of PDF has. */
function page(): Buffer {
  const drawing = `BT /F1 28 Tf 60 300 Td (${SENTENCE}) Tj ET`;
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 400] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${offsets.join('')}`;
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`;
  return Buffer.from(file + table + trailer, 'latin1');
}

/** What a self-test of OCR found. */
export interface OcrTest {
  readonly text: string;
  /** 0 to 100. */
  readonly confidence: number;
  readonly readMs: number;
}

/**
 * Renders a page and reads it by OCR in an engine process, as every scan is.
 * @throws DocketError whatever the engine throws, `internal.unexpected` when the text is another one
 */
export async function testOcr(
  pool: Pick<EnginePool, 'read'>,
  { signal, ...choice }: ReaderChoice & PooledOptions = {},
): Promise<OcrTest> {
  const request = { ...choice, document: { bytes: page(), name: 'self-test.pdf' }, ocr: 'always' } as const;
  const { read, timings } = await pool.read(request, signal ? { signal } : {});
  const [first] = read.pages.map(decodePage);
  const text = first?.method === 'ocr' ? first.text.trim() : '';
  if (text === SENTENCE) return { text, confidence: first?.ocr?.confidence ?? 0, readMs: timings.readMs };
  const message = `OCR read "${text}" where the page says "${SENTENCE}"; please report it`;
  throw new DocketError('internal.unexpected', message);
}
