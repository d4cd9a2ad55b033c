import { useEffect, useRef, useState } from 'preact/hooks';
import { ErrorNotice } from '../common/notice.js';
import { words } from '../i18n/language.js';
import { DrawnPages } from './drawn-pages.js';
import type { QuoteRequest, ShownQuote } from './shown-quote.js';
import { TextPages } from './text-pages.js';
import { TextState } from './text-state.js';
import { useShownDocument } from './use-shown-document.js';

/** How far the reading of a document has come. `none`: nobody has asked for it yet. */
export type ReadingState = 'none' | 'pending' | 'failed' | 'done';

/** A document to show. */
export interface DocumentViewerProperties {
  readonly fileId: string | undefined;
  /** Its bytes, where they are at hand. */
  readonly file: Blob | undefined;
  readonly name: string;
  readonly reading: ReadingState;
  /** The pages that the answer goes by; undefined: that is not known. */
  readonly readPages: readonly number[] | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly request: QuoteRequest | undefined;
}

/** The pages of a document, drawn or as the text that was read, with the quotes where they stand. */
export function DocumentViewer(properties: DocumentViewerProperties) {
  const { fileId, name, reading, readPages, quotes, request } = properties;
  const { viewer } = words();
  const [wantsText, setWantsText] = useState(false);
  const { read, drawing, bytes, pdf, problem } = useShownDocument(properties);
  const isDrawable = drawing !== undefined && problem === undefined;
  const isText = (wantsText && read.content !== undefined) || !isDrawable;
  const pages = useShownQuote({ request, quotes, isText }, [pdf, read.content]);
  const shown = { read: read.content, readPages, quotes, current: request?.id };
  return (
    <section class="viewer" aria-label={name}>
      <header class="viewer-header">
        <h2 class="viewer-name" title={name}>
          {name}
        </h2>
        {isDrawable && read.content && <ViewSwitch isText={isText} onChange={setWantsText} />}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by the keyboard */}
      <section class="viewer-pages" ref={pages} tabIndex={0} aria-label={viewer.label}>
        {problem !== undefined && (
          <p class="notice" role="status">
            {problem === 'password' ? viewer.password : viewer.failedDocument} {read.content && viewer.failedHint}
          </p>
        )}
        {read.error !== undefined && <ErrorNotice error={read.error} onRetry={read.reload} />}
        {isText ? (
          <>
            <TextPages {...shown} />
            {!read.content && read.error === undefined && problem === undefined && (
              <TextState reading={reading} isLoading={read.isLoading} />
            )}
          </>
        ) : (
          <DrawnPages drawing={drawing} pdf={pdf} blob={bytes?.blob} fileId={fileId} {...shown} />
        )}
      </section>
    </section>
  );
}

function ViewSwitch({
  isText,
  onChange,
}: {
  readonly isText: boolean;
  readonly onChange: (wantsText: boolean) => void;
}) {
  const { viewer } = words();
  return (
    <div class="segmented">
      <button type="button" aria-pressed={!isText} onClick={() => onChange(false)}>
        {viewer.asPage}
      </button>
      <button type="button" aria-pressed={isText} onClick={() => onChange(true)}>
        {viewer.asText}
      </button>
    </div>
  );
}

interface QuoteWish {
  readonly request: QuoteRequest | undefined;
  readonly quotes: readonly ShownQuote[];
  readonly isText: boolean;
}

/**
 * Scrolls to the quote that somebody wants to see: also once the pages are there, when it is wanted before, and again when
 * text takes their place or they its.
 */
function useShownQuote({ request, quotes, isText }: QuoteWish, pagesOf: readonly unknown[]) {
  const pages = useRef<HTMLElement>(null);
  const shown = useRef<{ readonly request: QuoteRequest; readonly isText: boolean }>(undefined);
  useEffect(() => {
    if (!request || (shown.current?.request === request && shown.current.isText === isText)) return;
    if (showQuote(pages.current, request.id, quotes)) shown.current = { request, isText };
  }, [request, isText, ...pagesOf]);
  return pages;
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
