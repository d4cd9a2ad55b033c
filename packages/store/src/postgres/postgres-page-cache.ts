import type { ContentKey, DocumentFormat, DocumentHead, PageCache, PageEntry, ReadPages } from '@docket/core';
import type { PostgresContext } from './postgres-context.js';
import type { PostgresTransaction } from './postgres-database.js';

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
    WHERE content_hash = @contentHash AND reader_identity = @readerIdentity AND page = ANY(@numbers::integer[])
    ORDER BY page`,
  // Keeps nothing when the content is gone, or else it would outlive its deletion; one that is there stays until the commit.
  keep: `WITH content AS (SELECT hash FROM contents WHERE hash = @contentHash FOR KEY SHARE),
    head AS (
      INSERT INTO document_heads (content_hash, extension, format, page_count, title, reader_identity, kept_at)
      SELECT hash, @extension, @format, @pageCount::integer, @title, @readerIdentity, @now FROM content
      ON CONFLICT (content_hash, extension) DO UPDATE SET format = EXCLUDED.format, page_count = EXCLUDED.page_count,
        title = EXCLUDED.title, reader_identity = EXCLUDED.reader_identity, kept_at = EXCLUDED.kept_at
    )
    INSERT INTO page_records (content_hash, reader_identity, page, data)
    SELECT hash, @readerIdentity, page.number, page.data
    FROM content, unnest(@numbers::integer[], @data::bytea[]) AS page (number, data)
    ORDER BY page.number
    ON CONFLICT (content_hash, reader_identity, page) DO UPDATE SET data = EXCLUDED.data`,
};

/** What was read of documents, in PostgreSQL. It goes with the content that it was read of. */
export class PostgresPageCache implements PageCache {
  readonly #context: PostgresContext;

  constructor(context: PostgresContext) {
    this.#context = context;
  }

  async head({ contentHash, extension }: ContentKey): Promise<DocumentHead | undefined> {
    const row = await this.#context.database.get<HeadRow>(STATEMENTS.head, { contentHash, extension });
    return row && toHead(row);
  }

  async pages(
    contentHash: string,
    readerIdentity: string,
    numbers: readonly number[],
  ): Promise<PageEntry[] | undefined> {
    const parameters = { contentHash, readerIdentity, numbers };
    const entries = await this.#context.database.all<PageEntry>(STATEMENTS.pages, parameters);
    return entries.length === new Set(numbers).size ? entries : undefined;
  }

  async keep(key: ContentKey, read: ReadPages): Promise<void> {
    await this.#context.database.transaction((transaction) => this.insert(key, read, transaction));
  }

  /** {@link keep}, as part of a transaction. */
  async insert({ contentHash, extension }: ContentKey, { head, pages }: ReadPages, transaction: PostgresTransaction) {
    const { format, pageCount, title = null, readerIdentity } = head;
    const byNumber = [...new Map(pages.map((page) => [page.number, page.data]))];
    await transaction.run(STATEMENTS.keep, {
      contentHash,
      extension,
      format,
      pageCount,
      title,
      readerIdentity,
      numbers: byNumber.map(([number]) => number),
      data: byNumber.map(([, data]) => data),
      now: this.#context.clock.now(),
    });
  }
}

function toHead({ format, page_count, title, reader_identity }: HeadRow): DocumentHead {
  return { format, pageCount: page_count, readerIdentity: reader_identity, ...(title === null ? {} : { title }) };
}
