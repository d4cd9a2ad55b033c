import type { ContentKey, DocumentFormat, DocumentHead, PageCache, PageEntry, ReadPages } from '@docket/core';
import type { Clock } from '../ports/instant.js';
import type { SqliteDatabase } from './database.js';
import type { SqliteContext } from './sqlite-context.js';

interface HeadRow {
  readonly format: DocumentFormat;
  readonly page_count: number;
  readonly title: string | null;
  readonly reader_identity: string;
}

const STATEMENTS = {
  head: `SELECT format, page_count, title, reader_identity FROM document_heads
    WHERE content_hash = @contentHash AND extension = @extension`,
  pages: `SELECT page AS number, data FROM page_records
    WHERE content_hash = @contentHash AND reader_identity = @readerIdentity
      AND page IN (SELECT value FROM json_each(@numbers))
    ORDER BY page`,
  // Both keep nothing when the content is gone, or else it would outlive its deletion.
  keepHead: `INSERT OR REPLACE INTO document_heads
      (content_hash, extension, format, page_count, title, reader_identity, kept_at)
    SELECT hash, @extension, @format, @pageCount, @title, @readerIdentity, @now FROM contents WHERE hash = @contentHash`,
  keepPage: `INSERT OR REPLACE INTO page_records (content_hash, reader_identity, page, data)
    SELECT hash, @readerIdentity, @number, @data FROM contents WHERE hash = @contentHash`,
};

/** What was read of documents, in SQLite. It goes with the content that it was read of. */
export class SqlitePageCache implements PageCache {
  readonly #database: SqliteDatabase;
  readonly #clock: Clock;

  constructor({ database, clock }: SqliteContext) {
    this.#database = database;
    this.#clock = clock;
  }

  async head({ contentHash, extension }: ContentKey): Promise<DocumentHead | undefined> {
    const row = this.#database.get<HeadRow>(STATEMENTS.head, { contentHash, extension });
    return row && toHead(row);
  }

  async pages(
    contentHash: string,
    readerIdentity: string,
    numbers: readonly number[],
  ): Promise<PageEntry[] | undefined> {
    const parameters = { contentHash, readerIdentity, numbers: JSON.stringify(numbers) };
    const entries = this.#database.all<PageEntry>(STATEMENTS.pages, parameters);
    return entries.length === new Set(numbers).size ? entries : undefined;
  }

  async keep(key: ContentKey, read: ReadPages): Promise<void> {
    this.#database.write(() => this.insert(key, read));
  }

  /** {@link keep}, as part of a transaction. */
  insert({ contentHash, extension }: ContentKey, { head, pages }: ReadPages): void {
    const { format, pageCount, title = null, readerIdentity } = head;
    const about = { contentHash, extension, format, pageCount, title, readerIdentity, now: this.#clock.now() };
    if (this.#database.run(STATEMENTS.keepHead, about) === 0) return;
    for (const { number, data } of pages) {
      this.#database.run(STATEMENTS.keepPage, { contentHash, readerIdentity, number, data });
    }
  }
}

function toHead({ format, page_count, title, reader_identity }: HeadRow): DocumentHead {
  return { format, pageCount: page_count, readerIdentity: reader_identity, ...(title === null ? {} : { title }) };
}
