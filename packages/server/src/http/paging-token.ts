import { createHmac, timingSafeEqual } from 'node:crypto';
import { DocketError } from '@docket/core';
import type { Cursor } from '@docket/store';

/** Bytes of the signature kept: enough that nobody makes up a token. */
const SIGNATURE_BYTES = 16;

/** Where in which list the next part begins. */
export interface Page<Filters> {
  /** Plain data: the filters of the first request. They win over those of later requests. */
  readonly filters: Filters;
  readonly cursor: Cursor;
}

/** To which list tokens belong, and what they are signed with: the installation's secret. */
export interface PagingScope {
  /** Name of the list, such as `classify`. */
  readonly route: string;
  readonly secret: Uint8Array;
}

/** Makes an opaque token. It is signed, so that what comes back is what was given out. */
export function encodePageToken<Filters>(page: Page<Filters>, scope: PagingScope): string {
  const content = Buffer.from(JSON.stringify({ filters: page.filters, cursor: page.cursor }));
  return Buffer.concat([sign(content, scope), content]).toString('base64url');
}

/** @throws DocketError `request.invalid_page_token` for any text that is not a token of this list */
export function decodePageToken<Filters>(token: string, scope: PagingScope): Page<Filters> {
  const bytes = Buffer.from(token, 'base64url');
  const content = bytes.subarray(SIGNATURE_BYTES);
  const signature = bytes.subarray(0, SIGNATURE_BYTES);
  if (signature.length < SIGNATURE_BYTES || !timingSafeEqual(signature, sign(content, scope))) {
    throw new DocketError('request.invalid_page_token', 'Invalid page token');
  }
  return JSON.parse(content.toString());
}

function sign(content: Uint8Array, { route, secret }: PagingScope): Buffer {
  const signature = createHmac('sha256', secret).update(`page-token:${route}\n`).update(content).digest();
  return signature.subarray(0, SIGNATURE_BYTES);
}
