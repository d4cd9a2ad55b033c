import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReadDocument } from '../api/types.js';
import { EmptyState, LoadingState } from '../common/notice.js';
import { useLoaded } from '../common/use-loaded.js';
import { words } from '../i18n/language.js';
import { useDocumentBytes } from './document-bytes.js';
import { DrawnPages } from './drawn-pages.js';
import { loadPages } from './load-pages.js';
import type { QuoteRequest, ShownQuote } from './shown-quote.js';
import { TextPages } from './text-pages.js';
import { usePdf } from './use-pdf.js';

/** A document to show. */
export interface DocumentViewerProperties {
  readonly fileId: string | undefined;
  /** Its bytes, where they are at hand. */
  readonly file: Blob | undefined;
  readonly name: string;
  /** The pages that the server has read; undefined: none yet. */
  readonly readPages: readonly number[] | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly request: QuoteRequest | undefined;
}

/** The pages of a document, drawn or as the text that was read, with the quotes where they stand. */
export function DocumentViewer({ fileId, file, name, readPages, quotes, request }: DocumentViewerProperties) {
  const { viewer } = words();
  const pages = useRef<HTMLElement>(null);
  const [wantsText, setWantsText] = useState(false);
  const read = useLoaded<ReadDocument | undefined>(
    async (signal) =>
      fileId === undefined || readPages === undefined ? undefined : loadPages(fileId, readPages, signal),
    [fileId, readPages?.join()],
  );
  const kind = read.content?.kind;
  const bytes = useDocumentBytes({ file, fileId }, readPages === undefined || kind === 'pdf' || kind === 'image');
  const drawing = kind === 'image' ? 'image' : bytes?.drawing;
  const { pdf, problem } = usePdf(drawing === 'pdf' ? bytes?.blob : undefined);
  const isDrawable = drawing !== undefined && problem === undefined;
  const isText = (wantsText && read.content !== undefined) || !isDrawable;
  const shown = useRef<{ readonly request: QuoteRequest; readonly isText: boolean }>(undefined);
  // Also once the pages are there, when they are asked for before, and again when text takes their place or they its.
  useEffect(() => {
    if (!request || (shown.current?.request === request && shown.current.isText === isText)) return;
    if (showQuote(pages.current, request.id, quotes)) shown.current = { request, isText };
  }, [request, pdf, read.content, isText]);
  return (
    <section class="viewer" aria-label={name}>
      <header class="viewer-header">
        <h2 class="viewer-name" title={name}>
          {name}
        </h2>
        {isDrawable && read.content && (
          <div class="segmented">
            <button type="button" aria-pressed={!isText} onClick={() => setWantsText(false)}>
              {viewer.asPage}
            </button>
            <button type="button" aria-pressed={isText} onClick={() => setWantsText(true)}>
              {viewer.asText}
            </button>
          </div>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="viewer-pages" ref={pages} tabIndex={0} aria-label={viewer.label}>
        {problem !== undefined && (
          <p class="notice" role="status">
            {problem === 'password' ? viewer.password : viewer.failedDocument} {read.content && viewer.failedHint}
          </p>
        )}
        {isText ? (
          <TextPages read={read.content} readPages={readPages} quotes={quotes} current={request?.id} />
        ) : (
          <DrawnPages
            drawing={drawing}
            pdf={pdf}
            blob={bytes?.blob}
            fileId={fileId}
            read={read.content}
            readPages={readPages}
            quotes={quotes}
            current={request?.id}
          />
        )}
        {isText && !read.content && read.isLoading && <LoadingState />}
        {isText && !read.content && !read.isLoading && problem === undefined && <EmptyState title={viewer.noText} />}
      </section>
    </section>
  );
}

/** @returns whether it is there */
function showQuote(pages: HTMLElement | null, id: string, quotes: readonly ShownQuote[]): boolean {
  const page = quotes.find((quote) => quote.id === id)?.page;
  const place =
    pages?.querySelector(`[data-quote~="${CSS.escape(id)}"]`) ??
    pages?.querySelector(`[data-page="${Math.max(page ?? 1, 1)}"]`);
  place?.scrollIntoView({ block: 'center', inline: 'nearest' });
  return place !== null && place !== undefined;
}
