import { createHmac, timingSafeEqual } from 'node:crypto';

/** What a download URL gives access to, and until when. */
export interface DownloadGrant {
  readonly fileId: string;
  /** Seconds since 1970. */
  readonly expires: number;
}

/** Signs a grant: whoever has the signature may download that file until then, without a key. */
export function signDownload({ fileId, expires }: DownloadGrant, secret: Uint8Array): string {
  return createHmac('sha256', secret).update(`download\n${fileId}\n${expires}`).digest('base64url');
}

/** What a signature is checked with. */
export interface SignatureCheck {
  readonly secret: Uint8Array;
  /** Milliseconds since 1970. */
  readonly nowMs: number;
}

/** Whether a signature is right and has not expired. Takes equally long for every wrong signature. */
export function isDownloadGranted(grant: DownloadGrant, signature: string, { secret, nowMs }: SignatureCheck): boolean {
  const expected = Buffer.from(signDownload(grant, secret));
  const given = Buffer.from(signature);
  const matches = given.length === expected.length && timingSafeEqual(given, expected);
  return matches && grant.expires * 1000 > nowMs;
}
