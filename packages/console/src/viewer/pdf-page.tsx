import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { useEffect, useRef, useState } from 'preact/hooks';
import { words } from '../i18n/language.js';
import { PageMarks } from './page-marks.js';
import type { ShownQuote } from './shown-quote.js';
import { useVisible } from './use-visible.js';

const MOST_PIXELS = 6_000_000;
const DRAWN_WIDTH = 900;
const MOST_DRAWING_MS = 20_000;

type State = 'drawing' | 'drawn' | 'failed' | 'slow';

/** What a page of a PDF is drawn from. */
export interface PdfPageProperties {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  /** Height by width, until the page itself says it. */
  readonly ratio: number;
  readonly quotes: readonly ShownQuote[];
  readonly current: string | undefined;
}

/** A page of a PDF, drawn while it can be seen. */
export function PdfPage({ pdf, page, ratio, quotes, current }: PdfPageProperties) {
  const sheet = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const isVisible = useVisible(sheet);
  const [state, setState] = useState<State>('drawing');
  const [ownRatio, setOwnRatio] = useState<number>();
  useEffect(() => {
    if (!isVisible || !canvas.current) return;
    const surface = canvas.current;
    setState('drawing');
    const stop = drawPage({ pdf, page, surface, onRatio: setOwnRatio, onEnd: setState });
    return () => {
      stop();
      // Gives the memory of the drawing back.
      surface.width = 0;
      surface.height = 0;
    };
  }, [isVisible, pdf, page]);
  const { viewer } = words();
  return (
    <div class="sheet" ref={sheet} style={{ aspectRatio: `1 / ${ownRatio ?? ratio}` }} data-state={state}>
      <canvas ref={canvas} role="img" aria-label={viewer.page(page, pdf.numPages)} />
      {state === 'drawing' && isVisible && <p class="sheet-note">{viewer.drawing}</p>}
      {state === 'failed' && <p class="sheet-note">{viewer.failed}</p>}
      {state === 'slow' && <p class="sheet-note">{viewer.slow}</p>}
      <PageMarks quotes={quotes} current={current} />
    </div>
  );
}

interface Drawing {
  readonly pdf: PDFDocumentProxy;
  readonly page: number;
  readonly surface: HTMLCanvasElement;
  readonly onRatio: (ratio: number) => void;
  readonly onEnd: (state: State) => void;
}

/** @returns what ends the drawing */
function drawPage({ pdf, page, surface, onRatio, onEnd }: Drawing): () => void {
  let isStopped = false;
  let cancel = () => {};
  const end = (state: State) => {
    clearTimeout(timer);
    if (!isStopped) onEnd(state);
  };
  const timer = setTimeout(() => {
    end('slow');
    isStopped = true;
    cancel();
  }, MOST_DRAWING_MS);
  const draw = async () => {
    const proxy = await pdf.getPage(page);
    const plain = proxy.getViewport({ scale: 1 });
    if (isStopped) return;
    onRatio(plain.height / plain.width);
    const wanted = (DRAWN_WIDTH * Math.min(devicePixelRatio, 2)) / plain.width;
    const scale = Math.min(wanted, Math.sqrt(MOST_PIXELS / (plain.width * plain.height)));
    const viewport = proxy.getViewport({ scale });
    surface.width = Math.max(1, Math.floor(viewport.width));
    surface.height = Math.max(1, Math.floor(viewport.height));
    const task = proxy.render({ canvas: surface, viewport });
    cancel = () => task.cancel();
    await task.promise;
    proxy.cleanup();
  };
  draw().then(
    () => end('drawn'),
    () => end('failed'),
  );
  return () => {
    isStopped = true;
    clearTimeout(timer);
    cancel();
  };
}
