import { deflateSync } from 'node:zlib';

/** A body of a PDF object: text, or a stream with its dictionary (its `/Length` is added unless it has one). */
export type PdfBody = string | { readonly dictionary?: string; readonly stream: Uint8Array | string };

/** What of a PDF may be other than it should. */
export interface PdfOptions {
  /** Added to the trailer. */
  readonly trailer?: string;
  /** Instead of the table of where objects stand, the trailer and the end. */
  readonly ending?: (offsets: readonly number[], start: number) => string;
}

/** Writes a PDF by hand; the objects are numbered 1, 2, ... and object 1 is the catalogue. */
export function pdfBytes(bodies: readonly PdfBody[], options: PdfOptions = {}): Buffer {
  const { trailer = '', ending } = options;
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
  const offsets: number[] = [];
  let size = parts[0]?.length ?? 0;
  const append = (...pieces: (Uint8Array | string)[]) => {
    for (const piece of pieces) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : Buffer.from(piece);
      parts.push(bytes);
      size += bytes.length;
    }
  };
  for (const [index, body] of bodies.entries()) {
    offsets.push(size);
    append(`${index + 1} 0 obj\n`);
    if (typeof body === 'string') append(body);
    else {
      const { dictionary = '', stream } = body;
      const length = dictionary.includes('/Length') ? '' : `/Length ${stream.length}`;
      append(`<< ${dictionary} ${length} >>\nstream\n`, stream, '\nendstream');
    }
    append('\nendobj\n');
  }
  append(ending?.(offsets, size) ?? table(offsets, size, trailer));
  return Buffer.concat(parts);
}

function table(offsets: readonly number[], start: number, trailer: string): string {
  const entries = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  const head = `xref\n0 ${size}\n0000000000 65535 f \n${entries}`;
  return `${head}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${start}\n%%EOF\n`;
}

/** A page of a {@link pdfOf}: its content stream, and what else may be odd. */
export interface PdfParts {
  readonly content?: PdfBody;
  readonly catalogue?: string;
  /** The whole dictionary of the page tree's root. */
  readonly pages?: string;
  /** Added to the dictionary of the page. */
  readonly page?: string;
  readonly font?: string;
  /** Objects 6, 7, ... */
  readonly more?: readonly PdfBody[];
}

/** The bodies of a PDF of one page: 1 catalogue, 2 page tree, 3 page, 4 content, 5 font. */
export function pdfOf({ content, catalogue = '', pages, page = '', font, more = [] }: PdfParts): PdfBody[] {
  const resources = page.includes('/Resources') ? '' : '/Resources << /Font << /F1 5 0 R >> >>';
  return [
    `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
    pages ?? '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] ${resources} /Contents 4 0 R ${page} >>`,
    content ?? { stream: shows('') },
    font ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...more,
  ];
}

/** Content that shows a line of ASCII. */
export function shows(text: string): string {
  return `BT /F1 12 Tf 72 720 Td (${text}) Tj ET\n`;
}

/** A stream that is packed as PDF does it. */
export function packed(stream: Uint8Array | string, dictionary = ''): PdfBody {
  return { dictionary: `/Filter /FlateDecode ${dictionary}`, stream: deflateSync(stream, { level: 9 }) };
}
