import { DocketError } from '../../errors.js';
import type { DocumentReader, OpenDocument, OpenOptions } from '../document-reader.js';
import { pdfReaderIdentities } from '../reader-identities.js';
import type { PdfReaderName } from './pdf-reader-names.js';
import { withoutRepeatedObjects } from './without-repeated-objects.js';

/** How to get at each library. */
export type PdfReaderLoaders = Readonly<Record<PdfReaderName, () => Promise<DocumentReader>>>;

const LOADERS: PdfReaderLoaders = {
  pdfjs: async () => (await import('./pdfjs-reader.js')).pdfjsReader,
  pdfium: async () => (await import('./pdfium-reader.js')).pdfiumReader,
};

const OTHER: Readonly<Record<PdfReaderName, PdfReaderName>> = { pdfjs: 'pdfium', pdfium: 'pdfjs' };

/**
 * Reads PDF with the library that is named; a file that it cannot open is read with the other one. The identity of such a
 * document says so.
 */
export function pdfReader(name: PdfReaderName, loaders = LOADERS): DocumentReader {
  const { alone, withOther } = pdfReaderIdentities(name);
  return {
    format: 'pdf',
    identity: alone,
    async open(bytes: Uint8Array, options: OpenOptions): Promise<OpenDocument> {
      const first = await loaders[name]();
      try {
        return await first.open(bytes, options);
      } catch (error) {
        if (!(error instanceof DocketError) || error.code !== 'document.corrupt') throw error;
        const opened = await openWithOther(loaders[OTHER[name]], withoutRepeatedObjects(bytes), options);
        if (!opened) throw error;
        return { ...opened, readerIdentity: withOther };
      }
    },
  };
}

/** Undefined when the other library makes no more of it: then what the first one said counts. */
async function openWithOther(
  load: () => Promise<DocumentReader>,
  bytes: Uint8Array,
  options: OpenOptions,
): Promise<OpenDocument | undefined> {
  options.signal?.throwIfAborted();
  const reader = await load();
  try {
    return await reader.open(bytes, options);
  } catch (error) {
    if (error instanceof DocketError && error.code === 'document.corrupt') return undefined;
    throw error;
  }
}
