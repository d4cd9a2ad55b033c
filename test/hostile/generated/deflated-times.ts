import { constants, deflateRawSync } from 'node:zlib';

const CHUNK_BYTES = 2 ** 24;

/**
 * Raw deflate (RFC 1951) of one piece repeated to at least so many bytes, made without ever holding them: blocks that end
 * on a byte and look back at nothing say the same wherever they stand.
 */
export function deflatedTimes(piece: string, bytes: number): Buffer {
  const chunk = Buffer.from(piece.repeat(Math.ceil(CHUNK_BYTES / piece.length)), 'latin1');
  const block = deflateRawSync(chunk, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
  const last = deflateRawSync(Buffer.alloc(0));
  return Buffer.concat([...Array.from({ length: Math.ceil(bytes / chunk.length) }, () => block), last]);
}

/** The same as zlib (RFC 1950), which PDF uses; the checksum at its end is wrong. */
export function zlibTimes(piece: string, bytes: number): Buffer {
  return Buffer.concat([Buffer.from([0x78, 0xda]), deflatedTimes(piece, bytes), Buffer.alloc(4)]);
}
