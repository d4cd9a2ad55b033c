import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ReadDocument } from '../api/types.js';
import { LoadingState } from '../common/notice.js';
import { words } from '../i18n/language.js';
import { ImagePage } from './image-page.js';
import { PageFrame } from './page-frame.js';
import { PdfPage } from './pdf-page.js';
import { quotesOfPage, type ShownQuote } from './shown-quote.js';
import type { Drawing } from './sniff-drawing.js';

/** Height by width of a page of which nothing is known yet: of A4. */
const USUAL_RATIO = 297 / 210;

/** Of a document with more pages the rest is left out, but for those with quotes. */
const MOST_PAGES = 400;

/** What the pages are drawn from. */
export interface DrawnPagesProperties {
  readonly drawing: Drawing;
  readonly pdf: PDFDocumentProxy | undefined;
  readonly blob: Blob | undefined;
  readonly fileId: string | undefined;
  readonly read: ReadDocument | undefined;
  /** The pages that the answer goes by; others may have been read before. */
  readonly readPages: readonly number[] | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}

/** All pages as drawings; those that were not read are grey. */
export function DrawnPages({ drawing, pdf, blob, fileId, read, readPages, quotes, current }: DrawnPagesProperties) {
  const total = drawing === 'pdf' ? pdf?.numPages : (read?.page_count ?? 1);
  if (total === undefined) return <LoadingState />;
  const known = new Map(read?.pages.map((page) => [page.page, page]));
  const firstRatio = ratioOf(read?.pages[0]) ?? USUAL_RATIO;
  return (
    <>
      {total > MOST_PAGES && <p class="notice">{words().viewer.manyPages(MOST_PAGES, total)}</p>}
      {pagesToDraw(total, quotes).map((page) => {
        const one = known.get(page);
        const shown = { page, quotes: quotesOfPage(quotes, page), current, ratio: ratioOf(one) ?? firstRatio };
        return (
          <PageFrame
            key={page}
            page={page}
            total={total}
            // Before anything is known no page is left out.
            isRead={readPages?.includes(page) ?? true}
            ocrConfidence={one?.ocr_confidence ?? null}
          >
            {drawing === 'pdf' && pdf && <PdfPage pdf={pdf} {...shown} />}
            {drawing === 'image' && fileId !== undefined && (
              <ImagePage bytes={total === 1 ? blob : undefined} fileId={fileId} total={total} {...shown} />
            )}
          </PageFrame>
        );
      })}
    </>
  );
}

function pagesToDraw(total: number, quotes: readonly ShownQuote[]): number[] {
  const first = Array.from({ length: Math.min(total, MOST_PAGES) }, (_, index) => index + 1);
  const quoted = quotes.map(({ page }) => page).filter((page) => page > MOST_PAGES && page <= total);
  return [...first, ...[...new Set(quoted)].sort((one, other) => one - other)];
}

function ratioOf(page: { readonly width: number | null; readonly height: number | null } | undefined) {
  return page?.width && page.height ? page.height / page.width : undefined;
}
