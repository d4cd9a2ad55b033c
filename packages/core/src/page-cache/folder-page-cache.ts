import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { DOCUMENT_FORMATS } from '../documents/document-reader.js';
import { replaceFile } from '../models/files/file-system.js';
import type { ContentKey, DocumentHead, PageCache, PageEntry, ReadPages } from './page-cache.js';

/** Mode of files that hold texts of documents. */
const OWNER_ONLY = 0o600;

const headSchema = z.object({
  format: z.enum(DOCUMENT_FORMATS),
  pageCount: z.number().int().nonnegative(),
  title: z.string().exactOptional(),
  readerIdentity: z.string(),
});

/** What stands before the pages in a file: their numbers and lengths in bytes. */
const indexSchema = z.array(z.tuple([z.number().int().positive(), z.number().int().nonnegative()]));

/**
 * What was read, in files below a folder that only its owner can look into. What is there but cannot be used counts as not
 * there: a cache never fails a document. Files are replaced as a whole, so any number of processes may share the folder.
 */
export class FolderPageCache implements PageCache {
  /** @param folder Made when something is kept. */
  constructor(readonly folder: string) {}

  async head({ contentHash, extension }: ContentKey): Promise<DocumentHead | undefined> {
    const file = join(this.#folderOf(contentHash), `head${encodeURIComponent(extension)}.json`);
    return await readFile(file, 'utf8')
      .then((text) => headSchema.parse(JSON.parse(text)))
      .catch(() => undefined);
  }

  async pages(
    contentHash: string,
    readerIdentity: string,
    numbers: readonly number[],
  ): Promise<PageEntry[] | undefined> {
    const kept = await this.#allPages(contentHash, readerIdentity);
    const wanted = [...new Set(numbers)].sort((one, other) => one - other);
    const found = wanted.flatMap((number) => kept.get(number) ?? []);
    return found.length === wanted.length ? found : undefined;
  }

  async keep({ contentHash, extension }: ContentKey, { head, pages }: ReadPages): Promise<void> {
    const folder = this.#folderOf(contentHash);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const all = await this.#allPages(contentHash, head.readerIdentity);
    for (const page of pages) all.set(page.number, page);
    const entries = [...all.values()].sort((one, other) => one.number - other.number);
    const index = JSON.stringify(entries.map(({ number, data }) => [number, data.byteLength]));
    const bytes = Buffer.concat([Buffer.from(`${index}\n`), ...entries.map(({ data }) => data)]);
    await replaceFile(this.#pagesFile(contentHash, head.readerIdentity), bytes, OWNER_ONLY);
    await replaceFile(join(folder, `head${encodeURIComponent(extension)}.json`), JSON.stringify(head), OWNER_ONLY);
  }

  async #allPages(contentHash: string, readerIdentity: string): Promise<Map<number, PageEntry>> {
    try {
      return decodePages(await readFile(this.#pagesFile(contentHash, readerIdentity)));
    } catch {
      return new Map();
    }
  }

  #folderOf(contentHash: string): string {
    return join(this.folder, contentHash.slice(0, 2), contentHash);
  }

  #pagesFile(contentHash: string, readerIdentity: string): string {
    return join(this.#folderOf(contentHash), `${encodeURIComponent(readerIdentity)}.pages`);
  }
}

function decodePages(bytes: Buffer): Map<number, PageEntry> {
  const end = bytes.indexOf('\n');
  const index = indexSchema.parse(JSON.parse(bytes.toString('utf8', 0, end)));
  const pages = new Map<number, PageEntry>();
  let position = end + 1;
  for (const [number, length] of index) {
    pages.set(number, { number, data: bytes.subarray(position, position + length) });
    position += length;
  }
  if (position !== bytes.byteLength) throw new Error('the pages are cut off');
  return pages;
}
