import { DocketError } from '@docket/core';

/**
 * Reads a stream to its end.
 * @throws DocketError `document.too_large` as soon as it has more than `maxBytes`
 */
export async function readStream(stream: AsyncIterable<Uint8Array | string>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.byteLength;
    if (size > maxBytes) {
      const message = `the document has more than the ${maxBytes} bytes allowed; raise limits.maxBytes`;
      throw new DocketError('document.too_large', message, { data: { maxBytes } });
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
