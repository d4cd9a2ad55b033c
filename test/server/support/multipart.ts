const BOUNDARY = 'docket-test-boundary';

/** Content type of a form that is put together by hand. */
export const FORM_TYPE = `multipart/form-data; boundary=${BOUNDARY}`;

/** What of a form comes before the bytes of its file. */
export function formHead(fileName: string): string {
  const purpose = `--${BOUNDARY}\r\ncontent-disposition: form-data; name="purpose"\r\n\r\nclassify\r\n`;
  const disposition = `content-disposition: form-data; name="file"; filename="${fileName}"`;
  return `${purpose}--${BOUNDARY}\r\n${disposition}\r\ncontent-type: application/octet-stream\r\n\r\n`;
}

/** What comes after them. */
export const FORM_TAIL = `\r\n--${BOUNDARY}--\r\n`;

/** A whole form. */
export function formBytes(fileName: string, bytes: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from(formHead(fileName)), bytes, Buffer.from(FORM_TAIL)]);
}
