import type {
  PDFDocumentLoadingTask,
  PDFDocumentProxy,
  PDFPageProxy,
  PDFWorker,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DocketError } from '../../errors.js';
import type {
  DocumentReader,
  OpenDocument,
  OpenOptions,
  RawPage,
  ReaderLimits,
  SourceItem,
} from '../document-reader.js';
import { tooManyCharacters } from '../limits.js';
import { PDF_READER_IDENTITIES } from '../reader-identities.js';
import { assertInflation, startInflation } from './bounded-inflate.js';
import { readFormText } from './form-text.js';
import { cannotOpen, damagedPage, encryptedPdf } from './pdf-errors.js';
import type { PdfiumDocument } from './pdfium/pdfium-document.js';
import { readPictureShare } from './pdfium/picture-share.js';
import { renderPage } from './pdfium/render-page.js';
import { createWorker, loadPdfjs, pdfjsDataFolders } from './pdfjs.js';
import { repairEnds } from './repair-ends.js';
import { type Matrix, textItemBox } from './text-item-box.js';

/** Reads PDF through pdf.js. Opening parses the cross-reference table alone; a page costs only what it holds. */
export const pdfjsReader: DocumentReader = { format: 'pdf', identity: PDF_READER_IDENTITIES.pdfjs, open };

async function open(bytes: Uint8Array, options: OpenOptions): Promise<OpenDocument> {
  try {
    return await openAsIs(bytes, options);
  } catch (error) {
    const isCorrupt = error instanceof DocketError && error.code === 'document.corrupt';
    const repaired = isCorrupt ? repairEnds(bytes) : undefined;
    if (repaired === undefined) throw error;
    return await openAsIs(repaired, options);
  }
}

async function openAsIs(bytes: Uint8Array, { limits, signal }: OpenOptions): Promise<OpenDocument> {
  const pdfjs = await loadPdfjs();
  signal?.throwIfAborted();
  startInflation(limits);
  const worker = createWorker(pdfjs);
  const task = pdfjs.getDocument({
    worker,
    // Not a `Buffer`, which pdf.js refuses; not a copy, which `DirectPort` makes needless.
    data: new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    ...pdfjsDataFolders(),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  let rendering: Promise<PdfiumDocument> | undefined;
  const openRendering = () => {
    rendering ??= openForRendering(bytes);
    return rendering;
  };
  try {
    const document = await task.promise;
    if (document.numPages < 1) throw cannotOpen('it has no pages');
    const { title, hasForm } = await readInfo(document);
    return {
      format: 'pdf',
      pageCount: document.numPages,
      ...(title ? { title } : {}),
      readPage: async (pageNumber) => {
        signal?.throwIfAborted();
        return readPage(document, pageNumber, { limits, hasForm });
      },
      renderPage: async (pageNumber, options) => {
        signal?.throwIfAborted();
        return (await openRendering()).withPage(pageNumber, (page) => renderPage(page, options));
      },
      pictureShare: async (pageNumber) => (await openRendering()).withPage(pageNumber, readPictureShare),
      [Symbol.asyncDispose]: async () => {
        (await rendering?.catch(() => undefined))?.[Symbol.dispose]();
        await endQuietly(task, worker);
      },
    };
  } catch (error) {
    await endQuietly(task, worker);
    throw openingError(error);
  }
}

/** pdf.js needs a canvas to render, PDFium none. */
async function openForRendering(bytes: Uint8Array): Promise<PdfiumDocument> {
  const { PdfiumDocument } = await import('./pdfium/pdfium-document.js');
  return await PdfiumDocument.open(bytes);
}

interface PageOptions {
  readonly limits: ReaderLimits;
  /** Whether the document has fields that can be filled in. */
  readonly hasForm: boolean;
}

async function readPage(
  document: PDFDocumentProxy,
  pageNumber: number,
  { limits, hasForm }: PageOptions,
): Promise<RawPage> {
  const { maxCharacters } = limits;
  const page = await pageOf(document, pageNumber);
  const viewport = page.getViewport({ scale: 1 });
  const items: SourceItem[] = [];
  let characters = 0;
  try {
    await streamText(page, (item) => {
      const text = item.hasEOL ? `${item.str}\n` : item.str;
      if (text === '') return;
      characters += text.length;
      if (characters > maxCharacters) throw tooManyCharacters(maxCharacters);
      items.push(item.str.trim() === '' ? { text } : { text, box: textItemBox(item, viewport.transform) });
    });
    // They are no part of what pages hold, and looking for them takes time.
    if (hasForm || items.length === 0)
      items.push(...(await readFormText(page, viewport.transform as unknown as Matrix)));
    assertInflation(limits);
  } catch (error) {
    throw error instanceof DocketError ? error : damagedPage(pageNumber, error);
  } finally {
    page.cleanup();
  }
  const hasText = items.some((item) => item.text.trim() !== '');
  return { method: hasText ? 'text' : 'none', items, size: { width: viewport.width, height: viewport.height } };
}

interface TextItem {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
  readonly height: number;
  readonly hasEOL: boolean;
}

/** Streams the text of a page. A visitor that throws cancels with a reason, without which pdf.js fails an assertion later. */
async function streamText(page: PDFPageProxy, visit: (item: TextItem) => void): Promise<void> {
  const reader = page.streamTextContent({ includeMarkedContent: false, disableNormalization: true }).getReader();
  let done = false;
  try {
    while (!done) {
      const chunk = await reader.read();
      done = chunk.done;
      for (const item of (chunk.value as { items: TextItem[] } | undefined)?.items ?? []) visit(item);
    }
  } finally {
    if (!done) await reader.cancel(new Error('no more text is wanted')).catch(() => {});
  }
}

async function pageOf(document: PDFDocumentProxy, pageNumber: number) {
  try {
    return await document.getPage(pageNumber);
  } catch (error) {
    throw damagedPage(pageNumber, error);
  }
}

async function readInfo(document: PDFDocumentProxy): Promise<{ readonly title?: string; readonly hasForm: boolean }> {
  try {
    const { info } = await document.getMetadata();
    const { Title, IsAcroFormPresent } = info as { Title?: unknown; IsAcroFormPresent?: unknown };
    const title = typeof Title === 'string' ? Title.trim() : '';
    return { hasForm: IsAcroFormPresent === true, ...(title === '' ? {} : { title }) };
  } catch {
    return { hasForm: false };
  }
}

/** Never throws: what was read, or why nothing could be, is what counts. */
async function endQuietly(task: PDFDocumentLoadingTask, worker: PDFWorker): Promise<void> {
  try {
    await task.destroy();
  } catch {
    // It is not used again.
  } finally {
    worker.destroy();
  }
}

function openingError(error: unknown): DocketError {
  if (error instanceof DocketError) return error;
  return error instanceof Error && error.name === 'PasswordException' ? encryptedPdf(error) : cannotOpen(error);
}
