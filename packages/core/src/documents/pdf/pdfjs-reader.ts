import type { PDFDocumentLoadingTask, PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DocketError } from '../../errors.js';
import type { DocumentReader, OpenDocument, OpenOptions, RawPage, SourceItem } from '../document-reader.js';
import { tooManyCharacters } from '../limits.js';
import { PDF_READER_IDENTITIES } from '../reader-identities.js';
import { cannotOpen, damagedPage, encryptedPdf } from './pdf-errors.js';
import { loadPdfjs, pdfjsDataFolders } from './pdfjs.js';
import { textItemBox } from './text-item-box.js';

/** Reads PDF through pdf.js. Opening parses the cross-reference table alone; a page costs only what it holds. */
export const pdfjsReader: DocumentReader = { format: 'pdf', identity: PDF_READER_IDENTITIES.pdfjs, open };

async function open(bytes: Uint8Array, { limits, signal }: OpenOptions): Promise<OpenDocument> {
  const pdfjs = await loadPdfjs();
  signal?.throwIfAborted();
  const task = pdfjs.getDocument({
    // pdf.js takes possession of the buffer, so it gets its own.
    data: new Uint8Array(bytes),
    ...pdfjsDataFolders(),
    cMapPacked: true,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    stopAtErrors: false,
    verbosity: 0,
  });
  try {
    const document = await task.promise;
    if (document.numPages < 1) throw cannotOpen('it has no pages');
    const title = await readTitle(document);
    return {
      format: 'pdf',
      pageCount: document.numPages,
      ...(title ? { title } : {}),
      readPage: async (pageNumber) => {
        signal?.throwIfAborted();
        return readPage(document, pageNumber, limits.maxCharacters);
      },
      [Symbol.asyncDispose]: () => task.destroy(),
    };
  } catch (error) {
    await destroyQuietly(task);
    throw openingError(error);
  }
}

async function readPage(document: PDFDocumentProxy, pageNumber: number, maxCharacters: number): Promise<RawPage> {
  const page = await pageOf(document, pageNumber);
  const viewport = page.getViewport({ scale: 1 });
  const items: SourceItem[] = [];
  let characters = 0;
  try {
    for await (const item of textItems(page)) {
      const text = item.hasEOL ? `${item.str}\n` : item.str;
      if (text === '') continue;
      characters += text.length;
      if (characters > maxCharacters) throw tooManyCharacters(maxCharacters);
      items.push(item.str.trim() === '' ? { text } : { text, box: textItemBox(item, viewport.transform) });
    }
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

/** Streams the text of a page. Who leaves early cancels with a reason, without which pdf.js fails an assertion later. */
async function* textItems(page: PDFPageProxy): AsyncGenerator<TextItem> {
  const reader = page.streamTextContent({ includeMarkedContent: false, disableNormalization: true }).getReader();
  let done = false;
  try {
    while (!done) {
      const chunk = await reader.read();
      done = chunk.done;
      if (chunk.value) yield* (chunk.value as { items: TextItem[] }).items;
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

async function readTitle(document: PDFDocumentProxy): Promise<string | undefined> {
  try {
    const { info } = await document.getMetadata();
    const title = (info as { Title?: unknown }).Title;
    return typeof title === 'string' ? title.trim() || undefined : undefined;
  } catch {
    return undefined;
  }
}

async function destroyQuietly(task: PDFDocumentLoadingTask): Promise<void> {
  try {
    await task.destroy();
  } catch {
    // The failure to open is what counts.
  }
}

function openingError(error: unknown): DocketError {
  if (error instanceof DocketError) return error;
  return error instanceof Error && error.name === 'PasswordException' ? encryptedPdf(error) : cannotOpen(error);
}
