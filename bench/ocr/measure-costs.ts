import { greyPixels, prepareImage, type QuarterTurns } from '../../packages/core/src/documents/ocr/prepare-image.js';
import { surveyImage } from '../../packages/core/src/documents/ocr/survey-image.js';
import { TesseractJsEngine } from '../../packages/core/src/documents/ocr/tesseract-js-engine.js';
import type { PageImage } from '../../packages/core/src/documents/page-image.js';
import { photograph, pipelineOf, scanOf } from '../../packages/core/src/documents/testing/scans.js';
import { median, timeOf } from '../speed/median-of.js';

/** Where the time goes that a page takes, in milliseconds. */
export interface PageCost {
  readonly name: string;
  /** The cheap tests. */
  readonly survey: number;
  /** What they asked for. */
  readonly prepare: number;
  /** Once, as it was made ready. */
  readonly recognise: number;
}

const WHITE = { background: '#fff' };

/** Measures one page as it may lie. */
export async function measureCosts(rounds: number): Promise<readonly PageCost[]> {
  const { image } = await scanOf('invoice-1p.pdf');
  const variants: Readonly<Record<string, PageImage>> = {
    'upright, clean': image,
    'turned by 90 degrees': await greyPixels((await pipelineOf(image)).rotate(90)),
    'leaning by 3 degrees': await greyPixels((await pipelineOf(image)).rotate(3, WHITE)),
    'light on dark': await greyPixels((await pipelineOf(image)).negate()),
    'a photo with shadow': photograph(image),
  };
  await using engine = new TesseractJsEngine(undefined);
  const costs: PageCost[] = [];
  for (const [name, page] of Object.entries(variants)) costs.push({ name, ...(await costOf(page, engine, rounds)) });
  return costs;
}

async function costOf(page: PageImage, engine: TesseractJsEngine, rounds: number): Promise<Omit<PageCost, 'name'>> {
  const [surveys, preparations, readings]: [number[], number[], number[]] = [[], [], []];
  for (let round = -1; round < rounds; round++) {
    let survey = surveyImage(page);
    const surveyMs = await timeOf(() => {
      survey = surveyImage(page);
    });
    const turns: QuarterTurns = survey.isSideways ? 1 : 0;
    let { image } = await prepareImage(page, survey, { turns });
    const prepareMs = await timeOf(async () => {
      image = (await prepareImage(page, survey, { turns })).image;
    });
    const recogniseMs = await timeOf(() => engine.recognise(image, { languages: ['eng'] }));
    if (round < 0) continue;
    surveys.push(surveyMs);
    preparations.push(prepareMs);
    readings.push(recogniseMs);
  }
  return { survey: median(surveys), prepare: median(preparations), recognise: median(readings) };
}
