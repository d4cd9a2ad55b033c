import { describe, expect, it } from 'vitest';
import { makePage } from '../../pages/page.js';
import type { OpenDocument } from '../document-reader.js';
import { whyNoOcr } from '../testing/scans.js';
import type { OcrEngine, OcrText, RecogniseOptions } from './ocr-engine.js';
import { recognisePage } from './recognise-page.js';

const missing = await whyNoOcr();

/** Reads the same words on every page: which ones depends on the language. */
function engineOf(texts: Readonly<Record<string, readonly [text: string, confidence: number]>>) {
  const asked: (RecogniseOptions & { readonly height: number })[] = [];
  const recognise: OcrEngine['recognise'] = async ({ height }, options) => {
    asked.push({ ...options, height });
    const [text = '', confidence = 0] = texts[options.languages.join('+')] ?? [];
    const box = { x: 0, y: 0, width: 10, height: 10 };
    const words = text.split(' ').map((word) => ({ text: word, confidence, box }));
    return { lines: [{ words, endsBlock: true }], confidence } satisfies OcrText;
  };
  const languages = async () => Object.keys(texts).map((code) => ({ code, identity: code, source: code }));
  const engine = { identity: 'fake', recognise, languages, [Symbol.asyncDispose]: async () => {} };
  return { engine, asked };
}

/** Lines of ink, so that the page does not pass for a blank one. */
const pixels = new Uint8Array(800 * 600).map((_, index) =>
  Math.floor(index / 800) % 20 < 8 && index % 9 < 5 ? 0 : 255,
);
const document = {
  format: 'pdf',
  renderPage: async () => ({ width: 800, height: 600, pixels }),
} as unknown as OpenDocument;

async function read(texts: Parameters<typeof engineOf>[0], { areNamed = false } = {}) {
  const { engine, asked } = engineOf(texts);
  const chosen = { codes: ['eng'], areNamed };
  const page = makePage(1, { method: 'none', items: [] });
  const { languages } = await recognisePage(document, page, { engine, chosen, signal: AbortSignal.timeout(60_000) });
  const heights = asked.map(({ height }) => height);
  return { languages, asked: asked.map((options) => `${options.languages} ${options.layout}`), heights };
}

const ENGLISH = 'This agreement is made between the landlord and the tenant of the house in the street below';
const GERMAN = 'Zwischen dem Vermieter und dem Mieter wird der folgende Vertrag über die Wohnung geschlossen';
const RUSSIAN = 'Настоящий договор аренды жилого помещения заключён между собственником и нанимателем квартиры';
const NORWEGIAN = 'Dette er en norsk tekst om en regning som skal betales innen fjorten dager til vår konto i banken';
const NONSENSE = 'HacTOsLUMM noroBop apeHAbI >KMNOro NOMELLYEHUA 3aKkNOUEH Mexay CO6CTBEHHUKOM U HAHUMATeNeM';

describe.skipIf(missing)(`recognisePage${missing ? ` (${missing})` : ''}`, () => {
  it('reads a page in English once where that makes sense', async () => {
    const { languages, asked } = await read({ eng: [ENGLISH, 90], deu: [GERMAN, 95] });
    expect(languages).toEqual(['eng']);
    expect(asked).toEqual(['eng page']);
  });

  it.each([
    ['deu', GERMAN],
    ['nor', NORWEGIAN],
  ])('reads again with %s where the words are of that language', async (code, text) => {
    const { languages, asked } = await read({ eng: [text, 80], fra: [text, 70], [code]: [text, 85] });
    expect(languages).toEqual([code]);
    expect(asked).toEqual(['eng page', `${code} page`]);
  });

  it('tries what is installed where the letters are of another script', async () => {
    const { languages } = await read({ eng: [NONSENSE, 35], deu: [NONSENSE, 30], rus: [RUSSIAN, 92] });
    expect(languages).toEqual(['rus']);
  });

  it('keeps to a language that was named', async () => {
    const { languages, asked, heights } = await read({ eng: [NONSENSE, 35], rus: [RUSSIAN, 92] }, { areNamed: true });
    expect(languages).toEqual(['eng']);
    // As it is, as faint print, and a strip of it on its head.
    expect(asked).toEqual(['eng page', 'eng block', 'eng page']);
    const [whole = 0, , strip] = heights;
    expect(strip).toBe(Math.ceil(whole / 3));
  });
});
