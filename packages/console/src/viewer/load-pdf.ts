import type { PDFDocumentLoadingTask, PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import workerUrl from 'pdfjs-dist/legacy/build/pdf.worker.min.mjs?url';

/** Where what pdf.js fetches lies; from the build. */
declare const PDFJS_BASE: string;

/** Pictures with more pixels are left out of a page. */
const MOST_IMAGE_PIXELS = 1 << 26;

/** A PDF that is open; closing it ends its worker's work. */
export interface OpenPdf {
  readonly document: PDFDocumentProxy;
  close(): void;
}

/** Why a PDF cannot be opened. */
export type PdfProblem = 'password' | 'failed';

/** Thrown by {@link openPdf}. */
export class PdfError extends Error {
  override readonly name = 'PdfError';

  constructor(
    readonly problem: PdfProblem,
    cause: unknown,
  ) {
    super(problem, { cause });
  }
}

/**
 * Opens a PDF for drawing. Loads pdf.js, and all that it needs, from the page's own address; nothing in a document is run.
 * @throws PdfError
 */
export async function openPdf(bytes: Uint8Array, signal: AbortSignal): Promise<OpenPdf> {
  const { getDocument, GlobalWorkerOptions } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  signal.throwIfAborted();
  GlobalWorkerOptions.workerSrc = workerUrl;
  const folder = (name: string) => new URL(`${PDFJS_BASE}/${name}/`, document.baseURI).href;
  const task: PDFDocumentLoadingTask = getDocument({
    data: bytes,
    cMapUrl: folder('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: folder('standard_fonts'),
    wasmUrl: folder('wasm'),
    useWasm: false,
    isEvalSupported: false,
    // What a page looks like does not depend on the machine that shows it.
    useSystemFonts: false,
    enableXfa: false,
    maxImageSize: MOST_IMAGE_PIXELS,
    verbosity: 0,
  });
  const close = () => void task.destroy().catch(() => {});
  signal.addEventListener('abort', close, { once: true });
  try {
    return { document: await task.promise, close };
  } catch (error) {
    close();
    signal.throwIfAborted();
    throw new PdfError(isPasswordWanted(error) ? 'password' : 'failed', error);
  }
}

function isPasswordWanted(error: unknown): boolean {
  return error instanceof Error && error.name === 'PasswordException';
}
