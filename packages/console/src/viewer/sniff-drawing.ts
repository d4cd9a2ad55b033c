/** How a document can be drawn by the browser itself. */
export type Drawing = 'pdf' | 'image';

const PDF_HEAD_BYTES = 1024;

/** What the browser can draw of some bytes, by their first ones; undefined: nothing that it knows. */
export function sniffDrawing(head: Uint8Array): Drawing | undefined {
  const text = Array.from(head.subarray(0, PDF_HEAD_BYTES), (byte) => String.fromCharCode(byte)).join('');
  if (text.includes('%PDF-')) return 'pdf';
  if (text.startsWith('\x89PNG\r\n') || text.startsWith('\xff\xd8\xff') || /^GIF8[79]a/.test(text)) return 'image';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'image';
  return undefined;
}

/** How many bytes {@link sniffDrawing} looks at. */
export const SNIFFED_BYTES = PDF_HEAD_BYTES;
