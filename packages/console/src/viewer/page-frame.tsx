import type { ComponentChildren } from 'preact';
import { formatPercent } from '../common/format.js';
import { language, words } from '../i18n/language.js';

/** What is said of a page above it, and the page. */
export interface PageFrameProperties {
  readonly page: number;
  readonly total: number;
  /** Whether it is one of pages, and not a text without any. */
  readonly isNumbered?: boolean;
  readonly isRead: boolean;
  /** Of OCR, 0 to 100; null where the text is the document's own. */
  readonly ocrConfidence: number | null;
  readonly children: ComponentChildren;
}

/** A page with its number; grey where it was not read. */
export function PageFrame({ page, total, isNumbered = true, isRead, ocrConfidence, children }: PageFrameProperties) {
  const { viewer } = words();
  return (
    <section class={`page${isRead ? '' : ' is-unread'}`} data-page={page} aria-label={viewer.page(page, total)}>
      {isNumbered && (
        <header class="page-header">
          <span>{viewer.page(page, total)}</span>
          {!isRead && <span class="tag">{viewer.notRead}</span>}
          {ocrConfidence !== null && (
            <span class="tag">{viewer.byOcr(formatPercent(ocrConfidence / 100, language.value))}</span>
          )}
        </header>
      )}
      {children}
    </section>
  );
}
