import type { StoredFile } from '@docket/store';
import type { PresignedUrl } from '../schemas/file.js';
import { signDownload } from './download-signature.js';

/** How long a download URL works when nothing is said: seconds. */
export const DEFAULT_EXPIRY_SECONDS = 3600;

/** Longest time that a download URL may work: seconds. */
export const LONGEST_EXPIRY_SECONDS = 7 * 24 * 3600;

/** Where and how long a download URL is to work. */
export interface DownloadUrlOptions {
  /** Address of the server as the client knows it, without a trailing slash. */
  readonly baseUrl: string;
  readonly secret: Uint8Array;
  readonly expirySeconds?: number | undefined;
}

/** Makes a URL by which a file can be had without a key, for a while. */
export function makeDownloadUrl(
  file: StoredFile,
  { baseUrl, secret, expirySeconds = DEFAULT_EXPIRY_SECONDS }: DownloadUrlOptions,
): PresignedUrl {
  const expires = Math.floor(Date.now() / 1000) + expirySeconds;
  const signature = signDownload({ fileId: file.id, expires }, secret);
  return {
    url: `${baseUrl}/api/local/files/${encodeURIComponent(file.id)}/download?expires=${expires}&signature=${signature}`,
    expires_at: new Date(expires * 1000).toISOString(),
    form_fields: null,
  };
}
