import { DocketError } from '../errors.js';
import { detectLanguage, type Language } from '../languages/detect-language.js';
import { makePage, type Page } from '../pages/page.js';
import { formatPages, PageSelection } from '../pages/page-selection.js';
import type { DocumentFormat, OpenDocument, ReaderLimits } from './document-reader.js';
import { type DocumentSource, loadSource } from './document-source.js';
import { assertPageLimit, DEFAULT_LIMITS, timedOut, tooManyCharacters } from './limits.js';
import { readerOf } from './readers.js';
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
export interface ReadOptions {
  /** @default PageSelection.all */
  readonly selection?: PageSelection;
  /** Language that breaks ties of the detection, ISO 639-1. */
  readonly languageHint?: string | undefined;
  /** @default DEFAULT_LIMITS */
  readonly limits?: ReaderLimits;
  readonly signal?: AbortSignal;
}

/** Letters and digits under which a document counts as having no text. */
const FEWEST_CHARACTERS = 3;

/**
 * Reads the selected pages of a document, one at a time, and nothing of any other page.
 * @throws DocketError any `document.*` or `resource.*` code
 */
export async function readDocument(source: DocumentSource, options: ReadOptions = {}): Promise<DocumentRecord> {
  const { limits = DEFAULT_LIMITS } = options;
  const deadline = AbortSignal.timeout(limits.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
  try {
    return await readWithin(source, { ...options, limits, signal });
  } catch (error) {
    throw error === deadline.reason && deadline.aborted ? timedOut(limits.timeoutMs) : error;
  }
}

async function readWithin(source: DocumentSource, options: ReadOptions & ReadScope): Promise<DocumentRecord> {
  const { selection = PageSelection.all, limits, signal } = options;
  const { bytes, name } = await loadSource(source, limits);
  const format = await sniffFormat(bytes, name);
  const reader = await readerOf(format);
  await using document = await reader.open(bytes, { limits, signal });
  const { pages: numbers, pastEnd } = selection.select(document.pageCount);
  if (numbers.length === 0) throw noPagesSelected(document.pageCount, pastEnd);
  assertPageLimit(numbers.length, limits);
  const { pages, damagedPages } = await readPages(document, numbers, options);
  return {
    format,
    pageCount: document.pageCount,
    ...(document.title ? { title: document.title } : {}),
    language: await detectLanguage(pages, options.languageHint),
    pages,
    ...(pastEnd ? { pastEnd } : {}),
    ...(damagedPages.length > 0 ? { damagedPages } : {}),
    readerIdentity: reader.identity,
  };
}

interface ReadScope {
  readonly limits: ReaderLimits;
  readonly signal: AbortSignal;
}

async function readPages(document: OpenDocument, numbers: readonly number[], { limits, signal }: ReadScope) {
  const pages: Page[] = [];
  const damagedPages: number[] = [];
  let characters = 0;
  let letters = 0;
  let damaged: DocketError | undefined;
  for (const number of numbers) {
    signal.throwIfAborted();
    const page = await readOnePage(document, number, limits).catch((error: unknown) => {
      // One bad page does not spoil the others; a file whose pages are all bad is corrupt.
      if (!(error instanceof DocketError) || error.code !== 'document.corrupt') throw error;
      damaged ??= error;
      damagedPages.push(number);
      return makePage(number, { method: 'none', items: [] });
    });
    characters += page.text.length;
    letters += page.shape.letters + page.shape.digits;
    if (characters > limits.maxCharacters) throw tooManyCharacters(limits.maxCharacters);
    pages.push(page);
  }
  if (letters < FEWEST_CHARACTERS) throw damaged ?? noText(numbers);
  return { pages, damagedPages };
}

async function readOnePage(document: OpenDocument, number: number, limits: ReaderLimits): Promise<Page> {
  const raw = await document.readPage(number);
  const characters = raw.items.reduce((sum, item) => sum + item.text.length, 0);
  if (characters > limits.maxCharacters) throw tooManyCharacters(limits.maxCharacters);
  return makePage(number, raw);
}

function noText(pages: readonly number[]): DocketError {
  const shown = formatPages(pages);
  const message = `there is no text on ${pages.length === 1 ? 'page' : 'pages'} ${shown}; it may be a scan: run OCR over it first`;
  return new DocketError('document.no_text', message, { data: { pages: shown } });
}

function noPagesSelected(pageCount: number, pastEnd: string | undefined): DocketError {
  const message = `target_pages asks for ${pastEnd ?? 'no page'}, but the document ends with page ${pageCount}; ask for pages that exist`;
  return new DocketError('document.no_pages_selected', message, { data: { pageCount } });
}
