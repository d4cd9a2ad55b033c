/** Where the length of its comment stands in the record that ends a ZIP file, and how long that record is without one. */
const ZIP_COMMENT_LENGTH = 20;
const ZIP_END_BYTES = 22;
const ZIP_END_SIGNATURE = 0x06054b50;

/**
 * A copy of a document with bytes of its own and the same text, so that whatever is kept by content hash does not know it:
 * a comment at the end of PDF and ZIP files, blanks at the end of all others.
 * @param number From 0 on; another number gives other bytes
 */
export function distinctCopy(bytes: Uint8Array, number: number): Buffer {
  const copy = Buffer.from(bytes);
  if (copy.toString('latin1', 0, 5) === '%PDF-') return Buffer.concat([copy, Buffer.from(`\n%copy ${number}\n`)]);
  if (hasBareZipEnd(copy)) return withZipComment(copy, `copy ${number}`);
  return Buffer.concat([copy, Buffer.from(`\n${blanksOf(number)}\n`)]);
}

function hasBareZipEnd(bytes: Buffer): boolean {
  const end = bytes.length - ZIP_END_BYTES;
  return end >= 0 && bytes.readUInt32LE(end) === ZIP_END_SIGNATURE;
}

function withZipComment(bytes: Buffer, comment: string): Buffer {
  bytes.writeUInt16LE(comment.length, bytes.length - ZIP_END_BYTES + ZIP_COMMENT_LENGTH);
  return Buffer.concat([bytes, Buffer.from(comment)]);
}

/** Spaces and tabs for the binary digits of a number. */
function blanksOf(number: number): string {
  return number.toString(2).replaceAll('0', ' ').replaceAll('1', '\t');
}
