import type { ReadDocument } from '../api/types.js';
import { PageFrame } from './page-frame.js';
import { quotesOfPage, type ShownQuote } from './shown-quote.js';
import { TextPage } from './text-page.js';

/** The text that was read, page by page. Of pages that were not read only the header is there. */
export function TextPages({
  read,
  quotes,
  current,
}: {
  readonly read: ReadDocument | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}) {
  if (!read) return null;
  return (
    <>
      {read.pages.map(({ page, read: how, text, ocr_confidence }) => (
        <PageFrame
          key={page}
          page={page}
          total={read.page_count ?? read.pages.length}
          isNumbered={read.kind !== 'text' || read.pages.length > 1}
          isRead={how !== null}
          ocrConfidence={ocr_confidence}
        >
          {how !== null && <TextPage text={text ?? ''} quotes={quotesOfPage(quotes, page)} current={current} />}
        </PageFrame>
      ))}
    </>
  );
}
