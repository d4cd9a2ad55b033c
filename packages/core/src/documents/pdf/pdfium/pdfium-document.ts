import { DocketError } from '../../../errors.js';
import { cannotOpen, damagedPage, encryptedPdf, unknownEncryption } from '../pdf-errors.js';
import { PDFIUM_ERRORS, type PdfiumExports, type Pointer } from './pdfium-exports.js';
import {
  acquirePdfium,
  isTrap,
  type PdfiumInstance,
  PdfiumTrap,
  pdfiumGrowth,
  releasePdfium,
} from './pdfium-instance.js';
import { allocate, readWideText, withName } from './pdfium-memory.js';

/** How often a document may break PDFium before its other pages are given up too. */
const MOST_TRAPS = 3;

/** Room for PDFium's table of callbacks for forms, of which none is needed. */
const CALLBACKS_BYTES = 512;

/** A page that is open, with what can be done with it until it is closed. */
export interface PdfiumPage {
  readonly exports: PdfiumExports;
  readonly page: Pointer;
  /** The form of the document; 0 when it has none. */
  readonly form: Pointer;
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
  readonly form: Form | undefined;
}

/** A form, and the table of callbacks that has to stay as long as it does. */
interface Form {
  readonly handle: Pointer;
  readonly callbacks: Pointer;
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
    const { instance, document, form } = await this.#reopen();
    try {
      return instance.run((pdfium) => onPage(pdfium, { document, form: form?.handle ?? 0, pageNumber }, work));
    } catch (error) {
      if (!(error instanceof PdfiumTrap)) throw error;
      this.#traps++;
      this.#opened = undefined;
      releasePdfium(instance);
      throw instance.ranOut ? tooMuchMemory(error, pageNumber) : damagedPage(pageNumber, error);
    }
  }

  async #reopen(): Promise<Opened> {
    if (this.#opened) return this.#opened;
    const opened = await openBytes(this.bytes);
    if (this.#isDisposed) {
      close(opened);
      throw new Error('the document was disposed of');
    }
    this.#opened = opened;
    return opened;
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
      if (document !== 0) return { instance, document, data, form: openForm(pdfium, document) };
      const code = pdfium.FPDF_GetLastError();
      pdfium.free(data);
      throw openingFailure(code);
    });
  } catch (error) {
    releasePdfium(instance);
    throw openingError(instance, error);
  }
}

/** Undefined when the document has no form that PDFium can show. */
function openForm(pdfium: PdfiumExports, document: Pointer): Form | undefined {
  if (pdfium.FPDF_GetFormType(document) === 0) return undefined;
  const callbacks = allocate(pdfium, CALLBACKS_BYTES);
  const table = new Uint8Array(pdfium.memory.buffer, callbacks, CALLBACKS_BYTES).fill(0);
  // Its version, an integer of four bytes, comes first.
  table[0] = 1;
  const handle = pdfium.FPDFDOC_InitFormFillEnvironment(document, callbacks);
  if (handle !== 0) return { handle, callbacks };
  pdfium.free(callbacks);
  return undefined;
}

function closeForm(pdfium: PdfiumExports, { handle, callbacks }: Form): void {
  pdfium.FPDFDOC_ExitFormFillEnvironment(handle);
  pdfium.free(callbacks);
}

/** What PDFium tells by number alone. */
const REASONS: Readonly<Record<number, string>> = {
  2: 'it cannot be read',
  3: 'it is not in the format of a PDF',
};

function openingFailure(code: number): DocketError {
  if (code === PDFIUM_ERRORS.password) return encryptedPdf();
  if (code === PDFIUM_ERRORS.security) return unknownEncryption();
  return cannotOpen(REASONS[code] ?? `error ${code} of PDFium`);
}

function openingError(instance: PdfiumInstance, error: unknown): unknown {
  if (!(error instanceof PdfiumTrap)) return error;
  return instance.ranOut ? tooMuchMemory(error) : cannotOpen(error);
}

function tooMuchMemory(cause: unknown, page?: number): DocketError {
  const what = page === undefined ? 'the PDF' : `page ${page} of the PDF`;
  const message = `${what} needs more memory than PDFium is given; read it with the setting pdf.reader pdfjs, or select other pages`;
  const data = { growthBytes: pdfiumGrowth(), ...(page === undefined ? {} : { page }) };
  return new DocketError('document.too_large', message, { data, cause });
}

function close({ instance, document, data, form }: Opened): void {
  try {
    if (!instance.isBroken) {
      instance.run((pdfium) => {
        if (form) closeForm(pdfium, form);
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
  readonly form: Pointer;
  readonly pageNumber: number;
}

function onPage<Result>(
  pdfium: PdfiumExports,
  { document, form, pageNumber }: PagePlace,
  work: (page: PdfiumPage) => Result,
): Result {
  const page = pdfium.FPDF_LoadPage(document, pageNumber - 1);
  if (page === 0) throw damagedPage(pageNumber, 'PDFium cannot load it');
  let result: Result;
  try {
    const [width, height] = [pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)];
    result = work({ exports: pdfium, page, form, number: pageNumber, width, height });
  } catch (error) {
    if (!isTrap(error)) pdfium.FPDF_ClosePage(page);
    throw error;
  }
  pdfium.FPDF_ClosePage(page);
  return result;
}

function readTitle(pdfium: PdfiumExports, document: Pointer): string | undefined {
  const title = withName(pdfium, 'Title', (tag) =>
    readWideText(pdfium, (buffer, bytes) => pdfium.FPDF_GetMetaText(document, tag, buffer, bytes)),
  );
  return title.trim() || undefined;
}
