import { makePage, type Page } from '../../pages/page.js';
import type { OpenDocument, SourceItem } from '../document-reader.js';
import type { PageImage } from '../page-image.js';
import type { ChosenLanguages } from './choose-languages.js';
import { isoCode } from './language-codes.js';
import { mayBeUpsideDown } from './may-be-upside-down.js';
import type { OcrEngine, OcrText, RecogniseOptions } from './ocr-engine.js';
import { OCR_PIXELS, type PreparedImage, prepareImage, type QuarterTurns } from './prepare-image.js';
import { lettersOf, wordsOf, worthOf } from './reading-worth.js';
import { type ImageSurvey, surveyImage } from './survey-image.js';

/** What is needed to read a page. */
export interface RecogniseTools {
  readonly engine: OcrEngine;
  readonly chosen: ChosenLanguages;
  readonly signal: AbortSignal;
}

/** What was read on a page. */
export interface RecognisedPage {
  readonly items: readonly SourceItem[];
  /** 0 to 100. */
  readonly confidence: number;
  /** Codes of tesseract. */
  readonly languages: readonly string[];
}

/** Under this confidence a page may stand on its head, or be in another language. */
const DOUBTFUL = 60;

/** Fewer letters than this are no text to speak of: then, too, it may stand on its head. */
const FEW_LETTERS = 30;

/** Languages that are tried on a doubtful page, beside the first. */
const MOST_TRIED = 3;

interface Attempt {
  readonly text: OcrText;
  readonly prepared: PreparedImage;
  readonly layout: NonNullable<RecogniseOptions['layout']>;
  readonly languages: readonly string[];
}

/** Renders a page, makes it ready, and reads it; turns it, and tries other languages, only where the first attempt asks for it. */
export async function recognisePage(
  document: OpenDocument,
  page: Page,
  tools: RecogniseTools,
): Promise<RecognisedPage> {
  const source = await renderPage(document, page.number);
  const survey = surveyImage(source);
  if (survey.isBlank) return { items: [], confidence: 0, languages: tools.chosen.codes };
  const upright = await readUpright(source, survey, tools);
  const best = await readInOtherLanguage(upright, tools);
  const size = page.size ?? source;
  return { items: itemsOf(best, size), confidence: best.text.confidence, languages: best.languages };
}

async function renderPage(document: OpenDocument, pageNumber: number): Promise<PageImage> {
  if (!document.renderPage) throw new Error(`documents of the format ${document.format} have no pictures`);
  return await document.renderPage(pageNumber, { pixels: OCR_PIXELS });
}

async function readUpright(source: PageImage, survey: ImageSurvey, tools: RecogniseTools): Promise<Attempt> {
  const { engine, chosen, signal } = tools;
  const recognise = (image: PageImage, layout: Attempt['layout']) =>
    engine.recognise(image, { languages: chosen.codes, layout, signal });
  const attempt = async (turns: QuarterTurns, isFaint: boolean): Promise<Attempt> => {
    const prepared = await prepareImage(source, survey, { turns, isFaint });
    const layout = isFaint ? 'block' : 'page';
    return { text: await recognise(prepared.image, layout), prepared, layout, languages: chosen.codes };
  };
  const turns = survey.isSideways ? 1 : 0;
  const first = await attempt(turns, false);
  if (!isDoubtful(first.text)) return first;
  // A page on its head is a doubtful one too, but a rarer one than faint print.
  const best = better(first, await attempt(turns, true));
  if (!isDoubtful(best.text)) return best;
  const mayTurn = await mayBeUpsideDown(first.prepared.image, first.text, (strip) => recognise(strip, 'page'));
  return mayTurn ? better(best, await attempt(survey.isSideways ? 3 : 2, false)) : best;
}

/** Tries what else is installed where the words, or that there are none, speak for another language than the first. */
async function readInOtherLanguage(first: Attempt, { engine, chosen, signal }: RecogniseTools): Promise<Attempt> {
  if (chosen.areNamed) return first;
  const others = (await engine.languages()).map(({ code }) => code).filter((code) => !chosen.codes.includes(code));
  if (others.length === 0) return first;
  const spoken = await languageOf(first.text);
  const seen = others.filter((code) => isoCode(code) === spoken);
  const tried = seen.length > 0 || !isDoubtful(first.text) ? seen : others.slice(0, MOST_TRIED);
  let best = first;
  for (const code of tried) {
    const { prepared, layout } = first;
    const text = await engine.recognise(prepared.image, { languages: [code], layout, signal });
    const attempt = { ...first, text, languages: [code] };
    // Data of the right language reads no less surely; letters of another script would be read as something else.
    best = seen.length > 0 && text.confidence >= first.text.confidence - 2 ? attempt : better(best, attempt);
  }
  return best;
}

async function languageOf(text: OcrText): Promise<string> {
  // The statistics are a megabyte of code: text documents load it in any case, but no OCR.
  const { detectLanguage } = await import('../../languages/detect-language.js');
  const items = text.lines.map(({ words }) => ({ text: `${words.map((word) => word.text).join(' ')}\n` }));
  return (await detectLanguage([makePage(1, { method: 'ocr', items })])).code;
}

function isDoubtful(text: OcrText): boolean {
  return text.confidence < DOUBTFUL || lettersOf(wordsOf(text)) < FEW_LETTERS;
}

/** The attempt that was surer of more. */
function better(one: Attempt, other: Attempt): Attempt {
  return worthOf(wordsOf(other.text)) > worthOf(wordsOf(one.text)) ? other : one;
}

/** Words as a reader gives them: with their places on the page, and with the blanks and breaks between them. */
function itemsOf(
  { text, prepared }: Attempt,
  { width, height }: { readonly width: number; readonly height: number },
): readonly SourceItem[] {
  return text.lines.flatMap(({ words, endsBlock }) =>
    words.flatMap((word, index): SourceItem[] => {
      const end = index < words.length - 1 ? ' ' : endsBlock ? '\n\n' : '\n';
      const { x, y, width: wide, height: high } = prepared.toShares(word.box);
      const box = {
        x: round(x * width),
        y: round(y * height),
        width: round(wide * width),
        height: round(high * height),
      };
      // Its box ends with the word: a part of it must not be taken for shorter than it is.
      return [{ text: word.text, box }, { text: end }];
    }),
  );
}

function round(points: number): number {
  return Math.round(points * 100) / 100;
}
