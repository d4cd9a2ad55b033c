import { deflateSync } from 'node:zlib';

/** A body of a PDF object: text, or a stream with its dictionary (without `/Length`). */
export type PdfObject = string | { readonly dictionary?: string; readonly stream: string };

/**
 * Writes a PDF by hand; the objects are numbered 1, 2, ... and object 1 is the catalogue.
 * @param options.trailer entries of the trailer beside `/Size` and `/Root`
 */
export function rawPdf(objects: readonly PdfObject[], { trailer: entries = '' } = {}): Uint8Array {
  let text = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, body] of objects.entries()) {
    offsets.push(text.length);
    const written =
      typeof body === 'string'
        ? body
        : `<< ${body.dictionary ?? ''} /Length ${body.stream.length} >>\nstream\n${body.stream}\nendstream`;
    text += `${index + 1} 0 obj\n${written}\nendobj\n`;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  const trailer = `trailer\n<< /Size ${size} /Root 1 0 R ${entries} >>\nstartxref\n${text.length}\n%%EOF\n`;
  return Buffer.from(`${text}xref\n0 ${size}\n0000000000 65535 f \n${table}${trailer}`, 'latin1');
}

const FONT = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>';

/** A PDF with one page for each content stream, as a flat list of pages. The font is `/F1`, forms are `/X0`, `/X1`, ... */
export function pdfOfPages(contents: readonly string[], forms: readonly string[] = []): Uint8Array {
  const firstForm = 4;
  const firstPage = firstForm + forms.length;
  const names = forms.map((_, index) => `/X${index} ${firstForm + index} 0 R`).join(' ');
  const resources = `/Resources << /Font << /F1 3 0 R >> /XObject << ${names} >> >>`;
  const kids = contents.map((_, index) => `${firstPage + 2 * index} 0 R`).join(' ');
  const form = `/Type /XObject /Subtype /Form /BBox [0 0 612 792] ${resources}`;
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${contents.length} >>`,
    FONT,
    ...forms.map((stream) => ({ dictionary: form, stream })),
    ...contents.flatMap((stream, index): PdfObject[] => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents ${firstPage + 2 * index + 1} 0 R >>`,
      { stream },
    ]),
  ]);
}

/** The content stream of a page that shows lines of ASCII text from the top left, `leading` points apart. */
export function linesOfText(lines: readonly string[], leading = 14): string {
  const shown = lines.map((line) => `(${line.replace(/[()\\]/g, '\\$&')}) Tj T*`);
  return `BT /F1 12 Tf ${leading} TL 72 720 Td ${shown.join(' ')} ET`;
}

/** A small PDF whose one page takes hours: each of its forms draws the next one ten times, the last one a letter and much else. */
export function endlessPdf(): Uint8Array {
  const depth = 12;
  const letter = `BT /F1 12 Tf 72 720 Td (A) Tj ET ${'0 0 m 9 9 l n '.repeat(20_000)}`;
  const forms = Array.from({ length: depth }, (_, index) =>
    index === depth - 1 ? letter : `/X${index + 1} Do `.repeat(10),
  );
  return pdfOfPages(['/X0 Do'], forms);
}

/** A small PDF whose one page has a content stream that inflates to so many blanks. */
export function deflatedPdf(inflatedBytes: number): Uint8Array {
  const stream = deflateSync(Buffer.alloc(inflatedBytes, ' '), { level: 1 }).toString('latin1');
  return rawPdf([
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>',
    { dictionary: '/Filter /FlateDecode', stream },
  ]);
}
