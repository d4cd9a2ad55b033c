import { readFile } from 'node:fs/promises';
import { fixture } from '../../testing/fixtures.js';
import { findTesseract, loadSharp } from '../ocr/load-optional.js';
import { OCR_PIXELS } from '../ocr/prepare-image.js';
import type { PageImage } from '../page-image.js';
import { pdfiumReader } from '../pdf/pdfium-reader.js';
import { TEST_LIMITS } from './read-text.js';

/** Why tests of OCR are skipped, or undefined where what they need is installed. */
export async function whyNoOcr(): Promise<string | undefined> {
  try {
    findTesseract();
    await loadSharp();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** A page of a PDF among the fixtures, as a scanner without faults would see it, and the text that stands on it. */
export async function scanOf(
  name: string,
  { page = 1, pixels = OCR_PIXELS }: { readonly page?: number; readonly pixels?: number } = {},
): Promise<{ readonly image: PageImage; readonly text: string }> {
  const bytes = await readFile(fixture(`documents/${name}`));
  await using document = await pdfiumReader.open(bytes, { limits: TEST_LIMITS });
  const { items } = await document.readPage(page);
  const image = await document.renderPage?.(page, { pixels });
  if (!image) throw new Error('PDFs are rendered');
  return { image, text: items.map((item) => item.text).join('') };
}

/** A pipeline of sharp that starts from a picture. */
export async function pipelineOf({ width, height, pixels }: PageImage) {
  return (await loadSharp())(pixels, { raw: { width, height, channels: 1 } });
}

/** As a telephone sees paper that lies on a table under a lamp: narrower at its far end, darker at one side, a dark rim. */
export function photograph({ width, height, pixels }: PageImage): PageImage {
  const photo = new Uint8Array(pixels.length).fill(70);
  for (let y = 0; y < height; y++) {
    const share = y / height;
    const inset = 0.05 * (1 - share) * width + 0.02 * width;
    for (let x = Math.ceil(inset); x < width - inset; x++) {
      const sourceX = Math.round(((x - inset) / (width - 2 * inset)) * (width - 1));
      const sourceY = Math.round(share ** 0.96 * (height - 1));
      const light = 0.4 + 0.6 * (x / width) * (0.6 + 0.4 * share);
      photo[y * width + x] = Math.round((pixels[sourceY * width + sourceX] ?? 255) * light);
    }
  }
  return { width, height, pixels: photo };
}

/** A PDF whose pages are JPEGs and nothing else, as scanners write it. */
export function scannedPdf(
  pages: readonly { readonly jpeg: Uint8Array; readonly width: number; readonly height: number }[],
): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n', 'latin1')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  const add = (...pieces: (string | Uint8Array)[]) => {
    const object = Buffer.concat(
      pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece)),
    );
    offsets.push(length);
    const whole = Buffer.concat([Buffer.from(`${offsets.length} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
  };
  const kids = pages.map((_, index) => `${3 + index * 3} 0 R`).join(' ');
  add('<< /Type /Catalog /Pages 2 0 R >>');
  add(`<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`);
  pages.forEach(({ jpeg, width, height }, index) => {
    const [content, picture] = [4 + index * 3, 5 + index * 3];
    const drawing = 'q 595 0 0 842 0 0 cm /Im Do Q';
    const resources = `/Resources << /XObject << /Im ${picture} 0 R >> >>`;
    add(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R ${resources} >>`);
    add(`<< /Length ${drawing.length} >>\nstream\n${drawing}\nendstream`);
    const about = `/Width ${width} /Height ${height} /ColorSpace /DeviceGray /BitsPerComponent 8 /Filter /DCTDecode`;
    add(`<< /Type /XObject /Subtype /Image ${about} /Length ${jpeg.length} >>\nstream\n`, jpeg, '\nendstream');
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = offsets.length + 1;
  const end = `xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF\n`;
  return Buffer.concat([...parts, Buffer.from(end, 'latin1')]);
}

/** A TIFF of several grey pages, each of its own size, without compression. */
export function tiffOf(pages: readonly PageImage[]): Buffer {
  const parts: Buffer[] = [Buffer.from('II*\0\0\0\0\0', 'latin1')];
  let length = 8;
  let pointer = { part: 0, at: 4 };
  for (const { width, height, pixels } of pages) {
    const strip = length;
    const tags = [
      [256, width],
      [257, height],
      [258, 8],
      [259, 1],
      [262, 1],
      [273, strip],
      [277, 1],
      [278, height],
      [279, pixels.length],
    ] as const;
    const padded = Buffer.concat([pixels, Buffer.alloc(pixels.length % 2)]);
    const directory = Buffer.alloc(2 + tags.length * 12 + 4);
    directory.writeUInt16LE(tags.length, 0);
    tags.forEach(([tag, value], index) => {
      const at = 2 + index * 12;
      directory.writeUInt16LE(tag, at);
      // Numbers of 32 bits, one of them.
      directory.writeUInt16LE(4, at + 2);
      directory.writeUInt32LE(1, at + 4);
      directory.writeUInt32LE(value, at + 8);
    });
    parts[pointer.part]?.writeUInt32LE(strip + padded.length, pointer.at);
    parts.push(padded, directory);
    pointer = { part: parts.length - 1, at: directory.length - 4 };
    length += padded.length + directory.length;
  }
  return Buffer.concat(parts);
}

/**
 * Share of characters that must be changed to make one text of the other, case and blanks aside. Words are compared in sorted
 * order, for columns of a table may be read one after the other.
 */
export function characterErrorRate(read: string, expected: string): number {
  const [found, wanted] = [wordsOf(read), wordsOf(expected)];
  return distance(found, wanted) / Math.max(1, wanted.length);
}

function wordsOf(text: string): string {
  return text.toLowerCase().split(/\s+/).filter(Boolean).sort().join(' ');
}

function distance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let index = 0; index < one.length; index++) {
    const next = [index + 1];
    for (let column = 0; column < other.length; column++) {
      const changed = (row[column] ?? 0) + (one[index] === other[column] ? 0 : 1);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
