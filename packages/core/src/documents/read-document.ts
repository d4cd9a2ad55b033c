import { DocketError } from '../errors.js';
import { detectLanguage, type Language } from '../languages/detect-language.js';
import type { DocumentHead, ReadPages } from '../page-cache/page-cache.js';
import { decodePage } from '../page-cache/page-record.js';
import { makePage, type Page } from '../pages/page.js';
import { formatPages, PageSelection } from '../pages/page-selection.js';
import type { DocumentFormat, OpenDocument, ReaderLimits } from './document-reader.js';
import { type DocumentSource, loadSource } from './document-source.js';
import { EventLoopTurns } from './event-loop-turns.js';
import { isImageFormat } from './images/image-formats.js';
import { assertPageLimit, DEFAULT_LIMITS, tooManyCharacters } from './limits.js';
import { readByOcr } from './ocr/read-by-ocr.js';
import { withOcr } from './reader-identities.js';
import { type ReaderChoice, readerOf } from './readers.js';
import { ReadingClock } from './reading-clock.js';
import { sniffFormat } from './sniff-format.js';

/** A document as the scorers see it: plain data. */
export interface DocumentRecord {
  readonly format: DocumentFormat;
  /** Pages of the whole document. */
  readonly pageCount: number;
  readonly title?: string;
  readonly language: Language;
  /** The pages that were read, ascending; those without text included. */
  readonly pages: readonly Page[];
  /** Pages that were asked for and lie past the end, as text. */
  readonly pastEnd?: string;
  /** Pages that could not be read while others could. */
  readonly damagedPages?: readonly number[];
  readonly readerIdentity: string;
}

/** How to read a document. */
export interface ReadOptions extends ReaderChoice {
  /** @default PageSelection.all */
  readonly selection?: PageSelection;
  /** Language that breaks ties of the detection, ISO 639-1; several, with commas between them, for pages that are read by OCR. */
  readonly languageHint?: string | undefined;
  /** The only pages to select from, ascending. @default all of the document */
  readonly within?: readonly number[] | undefined;
  /** @default DEFAULT_LIMITS */
  readonly limits?: ReaderLimits;
  readonly signal?: AbortSignal;
  /** Called once the document is open, with the number of pages that are about to be read. */
  readonly onOpened?: ((selectedPages: number) => void) | undefined;
  /** Called once, before a page is read by OCR, with the number of pages that may be. */
  readonly onOcr?: ((pages: number) => void) | undefined;
}

const PAGED_FORMATS: ReadonlySet<DocumentFormat> = new Set(['pdf', 'pptx', 'xlsx', 'tiff']);

/** What a document without text may be, and what to do; any other is empty. */
const WITHOUT_TEXT: Readonly<Partial<Record<DocumentFormat, string>>> = {
  docx: 'it may hold pictures alone: run OCR over them first',
  pptx: 'it may hold pictures alone: run OCR over them first',
  eml: 'it is empty: check that it was saved whole',
};

/** Letters and digits under which a document counts as having no text. */
const FEWEST_CHARACTERS = 3;

/**
 * Reads the selected pages of a document, one at a time, and nothing of any other page.
 * @throws DocketError any `document.*` or `resource.*` code
 */
export async function readDocument(source: DocumentSource, options: ReadOptions = {}): Promise<DocumentRecord> {
  const { limits = DEFAULT_LIMITS } = options;
  using clock = new ReadingClock(limits);
  const signal = options.signal ? AbortSignal.any([options.signal, clock.signal]) : clock.signal;
  const onOpened = (pages: number) => {
    clock.opened(pages);
    options.onOpened?.(pages);
  };
  const onOcr = (pages: number) => {
    clock.recognising(pages);
    options.onOcr?.(pages);
  };
  return await readWithin(source, { ...options, limits, signal, onOpened, onOcr });
}

/**
 * Puts together a document from pages that were read before: the record, or the error, that reading it would give.
 * @param read Must hold the pages that `options` select
 * @throws DocketError `document.*`
 */
export async function recallDocument(read: ReadPages, options: ReadOptions = {}): Promise<DocumentRecord> {
  const { pages } = selectPages(read.head.pageCount, options);
  options.onOpened?.(pages.length);
  return makeRecord(read.head, read.pages.map(decodePage), options);
}

async function readWithin(source: DocumentSource, options: ReadOptions & ReadScope): Promise<DocumentRecord> {
  const { limits, signal, onOpened, languageHint: lang } = options;
  const { bytes, name } = await loadSource(source, limits);
  const format = await sniffFormat(bytes, name);
  if (isImageFormat(format) && options.ocr === 'off') throw pictureWithoutOcr();
  const reader = await readerOf(format, options);
  await using document = await reader.open(bytes, { limits, signal });
  const { pageCount, title } = document;
  const { pages: numbers } = selectPages(pageCount, options);
  signal.throwIfAborted();
  onOpened(numbers.length);
  const found = await readPages(document, numbers, options);
  const { pages, identity, missing } = await readByOcr(document, found, { ...options, lang });
  const textIdentity = document.readerIdentity ?? reader.identity;
  const head = {
    format,
    pageCount,
    ...(title ? { title } : {}),
    readerIdentity: identity === undefined ? textIdentity : withOcr(textIdentity, identity),
  };
  return makeRecord(head, pages, { ...options, missing });
}

interface ReadScope {
  readonly limits: ReaderLimits;
  readonly signal: AbortSignal;
  readonly onOpened: (selectedPages: number) => void;
  readonly onOcr: (pages: number) => void;
}

/** How a record is put together. */
interface RecordOptions extends ReadOptions {
  /** What OCR needed and is not installed. */
  readonly missing?: string | undefined;
}

/** @throws DocketError `document.corrupt`, `document.no_pages_selected`, `document.too_large` */
function selectPages(
  pageCount: number,
  { selection = PageSelection.all, within, limits = DEFAULT_LIMITS }: ReadOptions,
) {
  if (!(pageCount >= 1)) throw noPages();
  const selected = selection.select(pageCount, within);
  if (selected.pages.length === 0) throw noPagesSelected(pageCount, within, selected.pastEnd);
  assertPageLimit(selected.pages.length, limits);
  return selected;
}

async function readPages(document: OpenDocument, numbers: readonly number[], { limits, signal }: ReadScope) {
  const pages: Page[] = [];
  const turns = new EventLoopTurns();
  let characters = 0;
  for (const number of numbers) {
    await turns.next(signal);
    const page = await readOnePage(document, number, limits).catch((error: unknown) => {
      // One bad page does not spoil the others; a file whose pages are all bad is corrupt.
      if (!(error instanceof DocketError) || error.code !== 'document.corrupt') throw error;
      return { ...makePage(number, { method: 'none', items: [] }), damage: error.message };
    });
    characters += page.text.length;
    if (characters > limits.maxCharacters) throw tooManyCharacters(limits.maxCharacters);
    pages.push(page);
  }
  return pages;
}

async function makeRecord(head: DocumentHead, pages: readonly Page[], options: RecordOptions): Promise<DocumentRecord> {
  const { languageHint, limits = DEFAULT_LIMITS } = options;
  const { pastEnd } = selectPages(head.pageCount, options);
  const characters = pages.reduce((sum, page) => sum + page.text.length, 0);
  if (characters > limits.maxCharacters) throw tooManyCharacters(limits.maxCharacters);
  const letters = pages.reduce((sum, { shape }) => sum + shape.letters + shape.digits, 0);
  const damaged = pages.filter((page) => page.damage !== undefined);
  if (letters < FEWEST_CHARACTERS) throw damaged[0] ? corruptPage(damaged[0]) : noText(head.format, pages, options);
  return {
    ...head,
    language: await detectLanguage(pages, languageHint),
    pages,
    ...(pastEnd ? { pastEnd } : {}),
    ...(damaged.length > 0 ? { damagedPages: damaged.map((page) => page.number) } : {}),
  };
}

function corruptPage({ damage = '' }: Page): DocketError {
  return new DocketError('document.corrupt', damage);
}

async function readOnePage(document: OpenDocument, number: number, limits: ReaderLimits): Promise<Page> {
  const raw = await document.readPage(number);
  const characters = raw.items.reduce((sum, item) => sum + item.text.length, 0);
  if (characters > limits.maxCharacters) throw tooManyCharacters(limits.maxCharacters);
  return makePage(number, raw);
}

function noText(format: DocumentFormat, pages: readonly Page[], { ocr, missing }: RecordOptions): DocketError {
  const shown = formatPages(pages.map(({ number }) => number));
  const isPaged = PAGED_FORMATS.has(format);
  const where = isPaged ? `on ${pages.length === 1 ? 'page' : 'pages'} ${shown}` : 'in the document';
  const advice =
    format === 'pdf' || isImageFormat(format) ? adviceForPictures(pages, ocr, missing) : WITHOUT_TEXT[format];
  const message = `there is no text ${where}; ${advice ?? 'it is empty: check that it is the right file'}`;
  return new DocketError('document.no_text', message, { data: { pages: shown } });
}

function adviceForPictures(pages: readonly Page[], ocr: ReadOptions['ocr'], missing: string | undefined): string {
  if (missing !== undefined) return `it may be a scan, and ${missing}`;
  if (ocr === 'off') return 'it may be a scan: set ocr to auto, so that it is read by OCR';
  const tried = pages.filter((page) => page.ocr !== undefined).map(({ number }) => number);
  return tried.length < pages.length
    ? `OCR found none on page ${formatPages(tried)}, and more pages are not tried: select others, or raise ocrMaxPages`
    : 'OCR found none either: check that it is the right file, and give it in a higher resolution';
}

function pictureWithoutOcr(): DocketError {
  const message = 'this is a picture, and ocr is off; set it to auto, so that its text is read by OCR';
  return new DocketError('document.no_text', message);
}

function noPages(): DocketError {
  return new DocketError(
    'document.corrupt',
    'the document has no pages; it is damaged or incomplete, get a fresh copy of it',
  );
}

function noPagesSelected(
  pageCount: number,
  within: readonly number[] | undefined,
  pastEnd: string | undefined,
): DocketError {
  const message = within
    ? `target_pages asks for none of the pages that the parse job read (${formatPages(within)}); ask for some of these, or classify the file`
    : `target_pages asks for ${pastEnd ?? 'no page'}, but the document ends with page ${pageCount}; ask for pages that exist`;
  return new DocketError('document.no_pages_selected', message, { data: { pageCount } });
}
