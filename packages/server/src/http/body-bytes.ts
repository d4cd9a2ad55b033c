import { DocketError } from '@docket/core';
import type { DocketContext } from './app-environment.js';

/**
 * Reads a whole request body into memory.
 * @throws DocketError `request.too_large` before any of it is read when its declared length is over the limit, else as soon
 *   as it is; `request.invalid_input` when the connection ends before the body does
 */
export async function readBodyBytes(context: DocketContext, maxBytes: number): Promise<Uint8Array> {
  const declared = context.req.header('content-length');
  if (declared !== undefined && !(Number(declared) <= maxBytes)) throw tooLarge(maxBytes);
  const { incoming } = context.env;
  const { raw } = context.req;
  try {
    // The HTTP parser takes no more bytes than were declared.
    if (incoming && declared !== undefined) return new Uint8Array(await raw.arrayBuffer());
    return await readStream(raw.body, maxBytes);
  } catch (error) {
    if (error instanceof DocketError || !incoming?.destroyed) throw error;
    throw new DocketError('request.invalid_input', 'The request ended before its body did', { cause: error });
  }
}

async function readStream(stream: ReadableStream<Uint8Array> | null, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(maxBytes: number): DocketError {
  const megabytes = Math.floor(maxBytes / (1024 * 1024));
  return new DocketError('request.too_large', `The request body may have at most ${megabytes} MB`, {
    data: { maxBytes },
  });
}
