import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { ContentKey } from '@docket/core';
import type { DatasetItem } from '../dataset/dataset.js';

/** A document's content, and what its file looked like when that was found out. */
export interface KnownContent {
  readonly key: ContentKey;
  /** Whether the file still is what it was. */
  readonly isUnchanged: () => Promise<boolean>;
}

/** What a text of a manifest is called when it is read. */
export const TEXT_NAME = 'text.txt';

/** By what a document's pages are kept; undefined when its file cannot be read. */
export async function contentOf({ source }: DatasetItem): Promise<KnownContent | undefined> {
  if ('text' in source) {
    const contentHash = createHash('sha256').update(source.text).digest('hex');
    return { key: { contentHash, extension: extname(TEXT_NAME) }, isUnchanged: async () => true };
  }
  const { path } = source;
  const before = await lookAt(path);
  if (before === undefined) return undefined;
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(path), hash);
  } catch {
    return undefined;
  }
  const key = { contentHash: hash.digest('hex'), extension: extname(path).toLowerCase() };
  return { key, isUnchanged: async () => (await lookAt(path)) === before };
}

/** A text that changes whenever the file does; undefined when there is none. */
async function lookAt(path: string): Promise<string | undefined> {
  const found = await stat(path, { bigint: true }).catch(() => undefined);
  return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}` : undefined;
}
