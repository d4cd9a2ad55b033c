import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { ReadDocument } from '../api/types.js';
import { LoadingState } from '../common/notice.js';
import { ImagePage } from './image-page.js';
import { PageFrame } from './page-frame.js';
import { PdfPage } from './pdf-page.js';
import { quotesOfPage, type ShownQuote } from './shown-quote.js';
import type { Drawing } from './sniff-drawing.js';

/** Height by width of a page of which nothing is known yet: of A4. */
const USUAL_RATIO = 297 / 210;

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
      {Array.from({ length: total }, (_, index) => {
        const page = index + 1;
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
              <ImagePage bytes={total === 1 ? blob : undefined} fileId={fileId} {...shown} />
            )}
          </PageFrame>
        );
      })}
    </>
  );
}

function ratioOf(page: { readonly width: number | null; readonly height: number | null } | undefined) {
  return page?.width && page.height ? page.height / page.width : undefined;
}
