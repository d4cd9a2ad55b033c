import type { ReadDocument } from '../api/types.js';
import { PageFrame } from './page-frame.js';
import { quotesOfPage, type ShownQuote } from './shown-quote.js';
import { TextPage } from './text-page.js';

/** The text that was read, page by page. Of pages that were not read only the header is there. */
export function TextPages({
  read,
  readPages,
  quotes,
  current,
}: {
  readonly read: ReadDocument | undefined;
  readonly readPages: readonly number[] | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}) {
  if (!read) return null;
  return (
    <>
      {read.pages.map(({ page, text, ocr_confidence }) => {
        const isRead = readPages?.includes(page) ?? true;
        return (
          <PageFrame
            key={page}
            page={page}
            total={read.page_count ?? read.pages.length}
            isNumbered={read.kind !== 'text' || read.pages.length > 1}
            isRead={isRead}
            ocrConfidence={ocr_confidence}
          >
            {isRead && <TextPage text={text ?? ''} quotes={quotesOfPage(quotes, page)} current={current} />}
          </PageFrame>
        );
      })}
    </>
  );
}
