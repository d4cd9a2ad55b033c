import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rm } from 'node:fs/promises';
import { DocketError } from '@docket/core';
import type { ReceivedContent, ReceiveOptions } from '../ports/file-store.js';
import { withStorageFaults } from '../storage-faults.js';
import { untilAborted } from './until-aborted.js';

/** Bytes in a temporary file: complete, and on disk for good. */
export class ReceivedFile implements ReceivedContent {
  constructor(
    readonly path: string,
    readonly contentHash: string,
    readonly size: number,
  ) {}

  async [Symbol.asyncDispose](): Promise<void> {
    await discard(this.path);
  }
}

/**
 * Writes bytes to a new file as they come. Nothing of it stays when that fails.
 * @throws DocketError `request.too_large`, `capacity.disk_full`, `state.data_folder_unwritable`
 */
export async function receiveFile(
  path: string,
  bytes: AsyncIterable<Uint8Array>,
  options: ReceiveOptions,
): Promise<ReceivedFile> {
  return withStorageFaults(async () => {
    const handle = await open(path, 'wx', 0o600);
    try {
      const hash = createHash('sha256');
      const size = await writeAll(handle, hash, bytes, options);
      await handle.sync();
      return new ReceivedFile(path, hash.digest('hex'), size);
    } catch (error) {
      await discard(path);
      throw error;
    } finally {
      await handle.close();
    }
  });
}

/** Removes a temporary file. On a disk that is read-only now it stays until the next start: that changes no outcome. */
async function discard(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => {});
}

/** Takes the next bytes only when those before are written: memory stays the same however many come. */
async function writeAll(
  handle: FileHandle,
  hash: Hash,
  bytes: AsyncIterable<Uint8Array>,
  { maxBytes, signal }: ReceiveOptions,
): Promise<number> {
  let size = 0;
  for await (const chunk of untilAborted(bytes, signal)) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(maxBytes);
    hash.update(chunk);
    await writeChunk(handle, chunk);
  }
  return size;
}

async function writeChunk(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  let written = 0;
  while (written < chunk.byteLength) {
    const { bytesWritten } = await handle.write(chunk, written, chunk.byteLength - written);
    written += bytesWritten;
  }
}

/** The error for more bytes than are allowed. */
export function tooLarge(maxBytes: number): DocketError {
  const message = `the file has more than the ${maxBytes} bytes allowed; raise limits.maxBytes`;
  return new DocketError('request.too_large', message, { data: { maxBytes } });
}
