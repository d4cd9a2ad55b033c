import type { PdfiumExports, Pointer } from './pdfium-exports.js';
import { webAssembly } from './web-assembly.js';

/** Longest text, in bytes of UTF-16, that {@link readWideText} takes. */
const MOST_TEXT_BYTES = 65_536;

/**
 * Memory of PDFium, to be freed by the caller.
 * @throws PdfiumTrap by way of `PdfiumInstance.run`: without memory nothing can go on
 */
export function allocate(pdfium: PdfiumExports, bytes: number): Pointer {
  const pointer = pdfium.malloc(Math.max(1, bytes));
  if (pointer === 0) throw new webAssembly.RuntimeError('PDFium has no memory left');
  return pointer >>> 0;
}

/** Lends memory that holds a name as C has it. */
export function withName<Result>(pdfium: PdfiumExports, name: string, work: (pointer: Pointer) => Result): Result {
  const bytes = Buffer.from(`${name}\0`, 'latin1');
  const pointer = allocate(pdfium, bytes.length);
  new Uint8Array(pdfium.memory.buffer).set(bytes, pointer);
  const result = work(pointer);
  pdfium.free(pointer);
  return result;
}

/**
 * A text that PDFium writes as UTF-16 with a zero at its end.
 * @param write Writes into so many bytes, and says how many it needs
 * @returns Empty when there is none, or one that is beyond all measure
 */
export function readWideText(pdfium: PdfiumExports, write: (buffer: Pointer, bytes: number) => number): string {
  const length = write(0, 0);
  if (length <= 2 || length > MOST_TEXT_BYTES) return '';
  const buffer = allocate(pdfium, length);
  write(buffer, length);
  const text = Buffer.from(pdfium.memory.buffer, buffer, length - 2).toString('utf16le');
  pdfium.free(buffer);
  return text;
}
