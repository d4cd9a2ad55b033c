import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

const CHUNK_BYTES = 1024 ** 2;

/** Length and SHA-256 (64 hexadecimal digits) of some bytes. */
export interface HashedBytes {
  readonly bytes: number;
  readonly sha256: string;
}

/** Reads a file piece by piece. */
export function readPieces(file: string): AsyncIterable<Uint8Array> {
  return createReadStream(file, { highWaterMark: CHUNK_BYTES });
}

/** Hashes bytes that come piece by piece, handing each on. */
export async function hashPieces(
  pieces: AsyncIterable<Uint8Array>,
  take: (piece: Uint8Array) => Promise<unknown> | undefined,
): Promise<HashedBytes> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of pieces) {
    hash.update(piece);
    bytes += piece.length;
    await take(piece);
  }
  return { bytes, sha256: hash.digest('hex') };
}

/** Hashes a file without holding it whole. */
export function hashFile(file: string): Promise<HashedBytes> {
  return hashPieces(readPieces(file), () => undefined);
}

/** Writes pieces to a new file, hashing them; it is on disk when this returns. */
export async function writeHashed(file: string, pieces: AsyncIterable<Uint8Array>): Promise<HashedBytes> {
  const handle = await open(file, 'wx', 0o600);
  try {
    const hashed = await hashPieces(pieces, (piece) => writeAll(handle, piece));
    await handle.sync();
    return hashed;
  } finally {
    await handle.close();
  }
}

async function writeAll(handle: FileHandle, piece: Uint8Array): Promise<void> {
  for (let offset = 0; offset < piece.length; ) {
    offset += (await handle.write(piece, offset)).bytesWritten;
  }
}
