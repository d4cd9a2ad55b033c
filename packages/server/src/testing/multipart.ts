/** A part of a form. */
export interface Part {
  /** All of the header `content-disposition` behind `form-data; `. */
  readonly disposition: string;
  readonly content: string | Uint8Array;
}

const BOUNDARY = 'a-boundary-of-a-test';

/** Media type of {@link writeForm}'s forms. */
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** What ends a form. */
export const FORM_END = `\r\n--${BOUNDARY}--\r\n`;

/** Writes a form byte for byte, for what no well-behaved client sends. */
export function writeForm(parts: readonly Part[]): Buffer {
  const written = parts.flatMap(({ disposition, content }) => [
    Buffer.from(`--${BOUNDARY}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n`),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
  return Buffer.concat([...written, Buffer.from(FORM_END.slice(2))]);
}

/** The beginning of a form: all up to the first byte of its file. */
export function startForm(): Buffer {
  const form = writeForm([
    { disposition: 'name="purpose"', content: 'classify' },
    { disposition: 'name="file"; filename="large.bin"', content: '' },
  ]);
  return form.subarray(0, form.length - FORM_END.length);
}
