import { DocketError } from '../../errors.js';
import { makePage, type Page } from '../../pages/page.js';
import type { OpenDocument } from '../document-reader.js';
import { EventLoopTurns } from '../event-loop-turns.js';
import { chooseLanguages } from './choose-languages.js';
import { loadOcrEngine } from './load-ocr-engine.js';
import { OcrNotInstalled } from './load-optional.js';
import type { OcrEngine } from './ocr-engine.js';
import { ocrIdentity } from './ocr-identity.js';
import { type OcrChoice, type OcrSettings, ocrSettingsOf } from './ocr-settings.js';
import { nextPageForOcr, saysMore } from './page-needs-ocr.js';
import { recognisePage } from './recognise-page.js';

/** How pages of a document are read by OCR. */
export interface OcrReadingOptions extends OcrChoice {
  /** ISO 639-1, several with commas between them. */
  readonly lang: string | null | undefined;
  readonly signal: AbortSignal;
  /** Called once, before the first page is read by OCR, with the number of pages that may be. */
  readonly onOcr: (pages: number) => void;
}

/** The pages of a document after OCR. */
export interface OcrReading {
  readonly pages: readonly Page[];
  /** What the text of these pages is known by beside the reader's identity; absent when no page was read by OCR. */
  readonly identity?: string;
  /** What is not installed, and what to do, where a page should have been read. */
  readonly missing?: string;
}

/**
 * Reads those pages by OCR of which the settings say so: first ones first, and no more than needed.
 * @throws DocketError `model.not_installed` for a language that was named, `model.incompatible`, `document.too_large`
 */
export async function readByOcr(
  document: OpenDocument,
  pages: readonly Page[],
  options: OcrReadingOptions,
): Promise<OcrReading> {
  const settings = ocrSettingsOf(options);
  if (!document.renderPage) return { pages };
  const looked = await lookForPictures(document, pages, settings, options.signal);
  if (!nextPageForOcr(looked, settings)) return { pages: looked };
  try {
    const engine = await loadOcrEngine(settings);
    const chosen = chooseLanguages(options.lang, await engine.languages());
    options.onOcr(Math.min(pages.length, settings.maxPages));
    let read = [...looked];
    for (let next = nextPageForOcr(read, settings); next; next = nextPageForOcr(read, settings)) {
      options.signal.throwIfAborted();
      read[read.indexOf(next)] = await readOne(document, next, { engine, chosen, ...options });
      read = [...(await lookForPictures(document, read, settings, options.signal))];
    }
    const identity = await ocrIdentity(options, options.lang);
    return { pages: read, ...(identity === undefined ? {} : { identity }) };
  } catch (error) {
    if (error instanceof OcrNotInstalled) return { pages: looked, missing: error.what };
    throw error instanceof DocketError && error.code.startsWith('model.') ? ofThisDocument(error) : error;
  }
}

/** Documents with text do without what this one lacks. */
function ofThisDocument({ code, message, data, cause }: DocketError): DocketError {
  return new DocketError(code, message, { data: { ...data, scope: 'document' }, cause });
}

/** Looks for pictures on pages with little text, up to the first that is worth reading by OCR, where nobody has yet. */
async function lookForPictures(
  document: OpenDocument,
  pages: readonly Page[],
  settings: OcrSettings,
  signal: AbortSignal,
): Promise<readonly Page[]> {
  if (settings.mode !== 'auto' || !document.pictureShare) return pages;
  const looked = [...pages];
  const turns = new EventLoopTurns();
  for (let next = nextPageForOcr(looked, settings); next; next = nextPageForOcr(looked, settings)) {
    if (next.text === '' || next.pictureShare !== undefined) return looked;
    await turns.next(signal);
    looked[looked.indexOf(next)] = { ...next, pictureShare: await shareOf(document.pictureShare(next.number)) };
  }
  return looked;
}

/** A page that cannot be drawn has no picture that could be read, whatever else is on it. */
async function shareOf(share: Promise<number>): Promise<number> {
  try {
    return await share;
  } catch (error) {
    if (error instanceof DocketError && error.code === 'document.corrupt') return 0;
    throw error;
  }
}

interface PageTools extends OcrReadingOptions {
  readonly engine: OcrEngine;
  readonly chosen: ReturnType<typeof chooseLanguages>;
}

/** The page with what OCR made of it, or as it was where that says no more. */
async function readOne(document: OpenDocument, page: Page, tools: PageTools): Promise<Page> {
  try {
    const { items, confidence, languages } = await recognisePage(document, page, tools);
    const ocr = { confidence: Math.round(confidence), languages };
    const made = makePage(page.number, { method: 'ocr', items, ...(page.size ? { size: page.size } : {}) });
    const isBetter = tools.ocr === 'always' ? made.text !== '' : saysMore(made.text, page.text);
    return isBetter ? { ...made, ocr } : { ...page, ocr };
  } catch (error) {
    // One bad page does not spoil the others.
    if (!(error instanceof DocketError) || error.code !== 'document.corrupt') throw error;
    return page.text === '' ? { ...page, damage: error.message } : { ...page, ocr: { confidence: 0, languages: [] } };
  }
}
