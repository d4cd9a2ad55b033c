import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { ContentKey } from '@docket/core';
import type { DatasetItem } from '../dataset/dataset.js';
import { type ContentIndex, lookAt } from './content-index.js';

/** A document's content, and whether its file still has it. */
export interface KnownContent {
  readonly key: ContentKey;
  /** Whether the file still is what it was. */
  readonly isUnchanged: () => Promise<boolean>;
}

/** What a text of a manifest is called when it is read. */
export const TEXT_NAME = 'text.txt';

/** By what a document's pages are kept; undefined when its file cannot be read. */
export async function contentOf({ source }: DatasetItem, contents: ContentIndex): Promise<KnownContent | undefined> {
  if ('text' in source) {
    const contentHash = createHash('sha256').update(source.text).digest('hex');
    return { key: { contentHash, extension: extname(TEXT_NAME) }, isUnchanged: async () => true };
  }
  const { path } = source;
  const file = await contents.identify(path);
  if (!file) return undefined;
  const key = { contentHash: file.hash, extension: extname(path).toLowerCase() };
  return { key, isUnchanged: async () => (await lookAt(path))?.look === file.look };
}
