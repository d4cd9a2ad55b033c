/** A catalogue, with the number of its object. Its dictionary may hold others, but not many of them before the type. */
const CATALOGUE = /(\d{1,10})\s+(\d{1,5})\s+obj\s*<<[\s\S]{0,2000}?\/Type\s*\/Catalog\b/g;

const OBJECT_START = /\d\s+obj\b/g;

const HEADER = '%PDF-1.7\n';

/**
 * Adds header and trailer to a PDF that lost them, so that a reader that looks for all objects knows where to begin.
 * @returns undefined when there is no catalogue in clear text
 */
export function repairEnds(bytes: Uint8Array): Uint8Array | undefined {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = source.toString('latin1');
  // The last one counts, as in files that were changed after they were written.
  const [object, number, generation] = [...text.matchAll(CATALOGUE)].filter(isOneObject).at(-1) ?? [];
  if (object === undefined) return undefined;
  const trailer = `\nendstream\nendobj\ntrailer\n<< /Root ${number} ${generation} R >>\nstartxref\n0\n%%EOF\n`;
  const header = text.includes('%PDF-') ? '' : HEADER;
  return Buffer.concat([Buffer.from(header), source, Buffer.from(trailer, 'latin1')]);
}

/** Whether no other object begins between the number and the type. */
function isOneObject([found]: RegExpMatchArray): boolean {
  return (found.match(OBJECT_START) ?? []).length === 1;
}
