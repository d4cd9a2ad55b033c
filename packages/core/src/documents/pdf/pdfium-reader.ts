import type { DocumentReader, OpenDocument, OpenOptions, RawPage } from '../document-reader.js';
import { PDF_READER_IDENTITIES } from '../reader-identities.js';
import { readFormText } from './pdfium/form-text.js';
import { readPageText } from './pdfium/page-text.js';
import { PdfiumDocument } from './pdfium/pdfium-document.js';
import { readPictureShare } from './pdfium/picture-share.js';
import { renderPage } from './pdfium/render-page.js';

/** Reads PDF through PDFium in WebAssembly. Opening parses the cross-reference table alone. */
export const pdfiumReader: DocumentReader = { format: 'pdf', identity: PDF_READER_IDENTITIES.pdfium, open };

/** A page with less text may be a scan with a stamp: of that it is told how much of it pictures are. */
const LITTLE_TEXT = 600;

async function open(bytes: Uint8Array, { limits, signal }: OpenOptions): Promise<OpenDocument> {
  signal?.throwIfAborted();
  const document = await PdfiumDocument.open(bytes);
  const { pageCount, title } = document;
  return {
    format: 'pdf',
    pageCount,
    ...(title ? { title } : {}),
    readPage: async (pageNumber) => {
      signal?.throwIfAborted();
      return readPage(document, pageNumber, limits.maxCharacters);
    },
    renderPage: async (pageNumber, options) => {
      signal?.throwIfAborted();
      return document.withPage(pageNumber, (page) => renderPage(page, options));
    },
    pictureShare: (pageNumber) => document.withPage(pageNumber, readPictureShare),
    [Symbol.asyncDispose]: async () => document[Symbol.dispose](),
  };
}

function readPage(document: PdfiumDocument, pageNumber: number, maxCharacters: number): Promise<RawPage> {
  return document.withPage(pageNumber, (page): RawPage => {
    const content = readPageText(page, maxCharacters);
    // They are no part of what pages hold, and looking for them takes time.
    const items = page.form !== 0 || content.length === 0 ? [...content, ...readFormText(page)] : content;
    const { width, height } = page;
    const letters = items.reduce((sum, { text }) => sum + text.length, 0);
    const pictureShare = letters > 0 && letters < LITTLE_TEXT ? { pictureShare: readPictureShare(page) } : {};
    return { method: items.length > 0 ? 'text' : 'none', items, size: { width, height }, ...pictureShare };
  });
}
