import { DocketError } from '../../../errors.js';
import { cannotOpen, damagedPage, encryptedPdf } from '../pdf-errors.js';
import { PDFIUM_ERRORS, type PdfiumExports, type Pointer } from './pdfium-exports.js';
import { acquirePdfium, isTrap, type PdfiumInstance, PdfiumTrap, releasePdfium } from './pdfium-instance.js';
import { webAssembly } from './web-assembly.js';

/** How often a document may break PDFium before its other pages are given up too. */
const MOST_TRAPS = 3;

/** Longest title, in bytes of UTF-16, that is taken. */
const MOST_TITLE_BYTES = 8192;

/** A page that is open, with what can be done with it until it is closed. */
export interface PdfiumPage {
  readonly exports: PdfiumExports;
  readonly page: Pointer;
  /** 1-based. */
  readonly number: number;
  /** Points, after rotation. */
  readonly width: number;
  readonly height: number;
}

interface Opened {
  readonly instance: PdfiumInstance;
  readonly document: Pointer;
  readonly data: Pointer;
}

/**
 * A PDF opened with PDFium, for reading and for rendering. It has an instance of PDFium to itself; when a page breaks that,
 * the next page gets a fresh one.
 */
export class PdfiumDocument implements Disposable {
  readonly pageCount: number;
  readonly title: string | undefined;
  #opened: Opened | undefined;
  #traps = 0;
  #isDisposed = false;

  private constructor(
    private readonly bytes: Uint8Array,
    opened: Opened,
  ) {
    this.#opened = opened;
    const { instance, document } = opened;
    this.pageCount = instance.run((pdfium) => pdfium.FPDF_GetPageCount(document));
    this.title = instance.run((pdfium) => readTitle(pdfium, document));
  }

  /** @throws DocketError `document.encrypted`, `document.corrupt`, `document.too_large` */
  static async open(bytes: Uint8Array): Promise<PdfiumDocument> {
    const opened = await openBytes(bytes);
    try {
      const document = new PdfiumDocument(bytes, opened);
      if (document.pageCount > 0) return document;
    } catch (error) {
      close(opened);
      throw openingError(opened.instance, error);
    }
    close(opened);
    throw cannotOpen('it has no pages');
  }

  /**
   * Opens a page for as long as `work` lasts.
   * @param pageNumber 1-based
   * @throws DocketError `document.corrupt` and `document.too_large`, naming the page
   */
  async withPage<Result>(pageNumber: number, work: (page: PdfiumPage) => Result): Promise<Result> {
    if (this.#isDisposed) throw new Error('the document was disposed of');
    if (this.#traps >= MOST_TRAPS) throw damagedPage(pageNumber, `${MOST_TRAPS} other pages broke PDFium`);
    this.#opened ??= await openBytes(this.bytes);
    const { instance, document } = this.#opened;
    try {
      return instance.run((pdfium) => onPage(pdfium, { document, pageNumber }, work));
    } catch (error) {
      if (!(error instanceof PdfiumTrap)) throw error;
      this.#traps++;
      this.#opened = undefined;
      throw instance.ranOut ? tooMuchMemory(`page ${pageNumber} of the PDF`, error) : damagedPage(pageNumber, error);
    }
  }

  [Symbol.dispose](): void {
    this.#isDisposed = true;
    if (this.#opened) close(this.#opened);
    this.#opened = undefined;
  }
}

async function openBytes(bytes: Uint8Array): Promise<Opened> {
  const instance = await acquirePdfium();
  instance.expect(bytes.length);
  try {
    return instance.run((pdfium) => {
      const data = allocate(pdfium, bytes.length);
      new Uint8Array(pdfium.memory.buffer).set(bytes, data);
      const document = pdfium.FPDF_LoadMemDocument64(data, bytes.length, 0);
      if (document !== 0) return { instance, document, data };
      const code = pdfium.FPDF_GetLastError();
      pdfium.free(data);
      throw code === PDFIUM_ERRORS.password ? encryptedPdf() : cannotOpen(REASONS[code] ?? `error ${code} of PDFium`);
    });
  } catch (error) {
    releasePdfium(instance);
    throw openingError(instance, error);
  }
}

/** Other errors of PDFium than a password, which it tells by number alone. */
const REASONS: Readonly<Record<number, string>> = {
  2: 'it cannot be read',
  3: 'it is not in the format of a PDF',
  [PDFIUM_ERRORS.security]: 'it is encrypted in a way that PDFium does not know',
};

function openingError(instance: PdfiumInstance, error: unknown): unknown {
  if (!(error instanceof PdfiumTrap)) return error;
  return instance.ranOut ? tooMuchMemory('the PDF', error) : cannotOpen(error);
}

function tooMuchMemory(what: string, cause: unknown): DocketError {
  const message = `${what} needs more memory than PDFium is given; read it with the setting pdf.reader pdfjs, or select other pages`;
  return new DocketError('document.too_large', message, { cause });
}

function close({ instance, document, data }: Opened): void {
  try {
    if (!instance.isBroken) {
      instance.run((pdfium) => {
        pdfium.FPDF_CloseDocument(document);
        pdfium.free(data);
      });
    }
  } catch {
    // It broke while it let go: it is not used again.
  }
  releasePdfium(instance);
}

interface PagePlace {
  readonly document: Pointer;
  readonly pageNumber: number;
}

function onPage<Result>(
  pdfium: PdfiumExports,
  { document, pageNumber }: PagePlace,
  work: (page: PdfiumPage) => Result,
): Result {
  const page = pdfium.FPDF_LoadPage(document, pageNumber - 1);
  if (page === 0) throw damagedPage(pageNumber, 'PDFium cannot load it');
  let result: Result;
  try {
    const [width, height] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    result = work({ exports: pdfium, page, number: pageNumber, width, height });
  } catch (error) {
    if (!isTrap(error)) pdfium.FPDF_ClosePage(page);
    throw error;
  }
  pdfium.FPDF_ClosePage(page);
  return result;
}

function readTitle(pdfium: PdfiumExports, document: Pointer): string | undefined {
  const tag = allocate(pdfium, 8);
  const buffer = allocate(pdfium, MOST_TITLE_BYTES);
  new Uint8Array(pdfium.memory.buffer).set(Buffer.from('Title\0', 'latin1'), tag);
  const length = pdfium.FPDF_GetMetaText(document, tag, buffer, MOST_TITLE_BYTES);
  const isRead = length > 2 && length <= MOST_TITLE_BYTES;
  const text = isRead ? Buffer.from(pdfium.memory.buffer, buffer, length - 2).toString('utf16le') : '';
  pdfium.free(tag);
  pdfium.free(buffer);
  return text.trim() || undefined;
}

/** @throws PdfiumTrap by way of {@link PdfiumInstance.run}: without memory nothing can go on */
function allocate(pdfium: PdfiumExports, bytes: number): Pointer {
  const pointer = pdfium.malloc(Math.max(1, bytes));
  if (pointer === 0) throw new webAssembly.RuntimeError('PDFium has no memory left');
  return pointer >>> 0;
}
