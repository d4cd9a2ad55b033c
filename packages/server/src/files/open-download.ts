import type { Readable } from 'node:stream';
import { DocketError } from '@docket/core';
import type { StoredFile } from '@docket/store';
import { found } from '../classification/scope.js';
import type { Services } from '../services.js';
import { isDownloadGranted } from './download-signature.js';

/** What a download URL says. */
export interface DownloadRequest {
  readonly fileId: string;
  readonly expires?: string | undefined;
  readonly signature?: string | undefined;
}

/** A file that may be downloaded. */
export interface Download {
  readonly file: StoredFile;
  /** Opens the bytes. */
  read(): Promise<Readable>;
}

/**
 * Checks a download URL.
 * @throws DocketError `auth.invalid_signature`, `resource.not_found`
 */
export async function openDownload({ store }: Services, request: DownloadRequest): Promise<Download> {
  const { fileId, expires = '', signature = '' } = request;
  // Not the store's clock: that stands still after a jump ahead, and URLs would live until it is reached again.
  const check = { secret: store.secret, nowMs: Date.now() };
  const isGranted =
    /^\d{1,12}$/.test(expires) && isDownloadGranted({ fileId, expires: Number(expires) }, signature, check);
  if (!isGranted) {
    const message = 'The download URL is invalid or has expired; ask for a new one';
    throw new DocketError('auth.invalid_signature', message);
  }
  const file = found(await store.files.get(fileId), 'File');
  return { file, read: () => store.files.read(file.contentHash) };
}
