import type {
  PDFDocumentLoadingTask,
  PDFDocumentProxy,
  PDFPageProxy,
  PDFWorker,
} from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DocketError } from '../../errors.js';
import type { DocumentReader, OpenDocument, OpenOptions, RawPage, SourceItem } from '../document-reader.js';
import { tooManyCharacters } from '../limits.js';
import { READER_IDENTITIES } from '../reader-identities.js';
import { createWorker, loadPdfjs, pdfjsDataFolders } from './pdfjs.js';
import { textItemBox } from './text-item-box.js';

/** Reads PDF through pdf.js. Opening parses the cross-reference table alone; a page costs only what it holds. */
export const pdfReader: DocumentReader = { format: 'pdf', identity: READER_IDENTITIES.pdf, open };

async function open(bytes: Uint8Array, { limits, signal }: OpenOptions): Promise<OpenDocument> {
  const pdfjs = await loadPdfjs();
  signal?.throwIfAborted();
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
  try {
    const document = await task.promise;
    const title = await readTitle(document);
    return {
      format: 'pdf',
      pageCount: document.numPages,
      ...(title ? { title } : {}),
      readPage: (pageNumber) => readPage(document, pageNumber, limits.maxCharacters),
      [Symbol.asyncDispose]: () => end(task, worker),
    };
  } catch (error) {
    await endQuietly(task, worker);
    throw openingError(error);
  }
}

async function readPage(document: PDFDocumentProxy, pageNumber: number, maxCharacters: number): Promise<RawPage> {
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

function damagedPage(pageNumber: number, error: unknown): DocketError {
  const message = `page ${pageNumber} of the PDF is damaged (${describe(error)}); repair the file or leave the page out`;
  return new DocketError('document.corrupt', message, { data: { page: pageNumber }, cause: error });
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

async function end(task: PDFDocumentLoadingTask, worker: PDFWorker): Promise<void> {
  await task.destroy();
  worker.destroy();
}

async function endQuietly(task: PDFDocumentLoadingTask, worker: PDFWorker): Promise<void> {
  try {
    await end(task, worker);
  } catch {
    // The failure to open is what counts.
  }
}

function openingError(error: unknown): DocketError {
  if (error instanceof DocketError) return error;
  if (error instanceof Error && error.name === 'PasswordException') {
    const message = 'the PDF is encrypted and needs a password; remove the password first';
    return new DocketError('document.encrypted', message, { cause: error });
  }
  const message = `the PDF cannot be opened: ${describe(error)}; it is damaged or incomplete, get a fresh copy of it`;
  return new DocketError('document.corrupt', message, { cause: error });
}

function describe(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/\.$/, '').replace(/\s+/g, ' ').slice(0, 200);
}
