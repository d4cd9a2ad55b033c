import type { ContentKey, DocumentFormat, DocumentHead, PageCache, PageEntry, ReadPages } from '@docket/core';
import type { PostgresContext } from './postgres-context.js';

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
};

/**
 * Parts of a statement (`WITH ...`) that keep what was read. Nothing is kept when the content is gone, or else it would outlive
 * its deletion; one that is there stays until the commit. Parameters: {@link keptParameters}.
 */
export const KEEP_READ_PARTS = `kept_content AS (SELECT hash FROM contents WHERE hash = @keptHash FOR KEY SHARE),
  kept_head AS (
    INSERT INTO document_heads (content_hash, extension, format, page_count, title, reader_identity, kept_at)
    SELECT hash, @keptExtension, @keptFormat, @keptPageCount::integer, @keptTitle, @keptReader, @now FROM kept_content
    ON CONFLICT (content_hash, extension) DO UPDATE SET format = EXCLUDED.format, page_count = EXCLUDED.page_count,
      title = EXCLUDED.title, reader_identity = EXCLUDED.reader_identity, kept_at = EXCLUDED.kept_at
  ),
  kept_pages AS (
    INSERT INTO page_records (content_hash, reader_identity, page, data)
    SELECT hash, @keptReader, page.number, page.data
    FROM kept_content, unnest(@keptNumbers::integer[], @keptData::bytea[]) AS page (number, data)
    ORDER BY page.number
    ON CONFLICT (content_hash, reader_identity, page) DO UPDATE SET data = EXCLUDED.data
  )`;

const KEEP = `WITH ${KEEP_READ_PARTS} SELECT hash FROM kept_content`;

/** The parameters of {@link KEEP_READ_PARTS}, but `now`. */
export function keptParameters({ contentHash, extension }: ContentKey, { head, pages }: ReadPages) {
  const byNumber = [...new Map(pages.map((page) => [page.number, page.data]))];
  return {
    keptHash: contentHash,
    keptExtension: extension,
    keptFormat: head.format,
    keptPageCount: head.pageCount,
    keptTitle: head.title,
    keptReader: head.readerIdentity,
    keptNumbers: byNumber.map(([number]) => number),
    keptData: byNumber.map(([, data]) => data),
  };
}

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
    const { database, clock } = this.#context;
    await database.run(KEEP, { ...keptParameters(key, read), now: clock.now() });
  }
}

function toHead({ format, page_count, title, reader_identity }: HeadRow): DocumentHead {
  return { format, pageCount: page_count, readerIdentity: reader_identity, ...(title === null ? {} : { title }) };
}
