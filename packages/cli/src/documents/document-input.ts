import type { DocketError } from '@docket/core';

/** A document that is to be classified. `path` is what the output calls it. */
export type DocumentInput =
  | { readonly kind: 'file'; readonly path: string }
  /** Standard input, or a pipe that only this process can read. */
  | { readonly kind: 'stream'; readonly path: string; readonly open: () => AsyncIterable<Uint8Array | string> }
  /** A path that leads nowhere. */
  | { readonly kind: 'failed'; readonly path: string; readonly error: DocketError };
