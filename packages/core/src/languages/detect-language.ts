import type { Page } from '../pages/page.js';

/** What language a document is in. */
export interface Language {
  /** ISO 639-1, or `und` when there is too little text to tell. */
  readonly code: string;
  /** `script`: from the writing alone. `text`: from letter statistics. `hint`: the statistics were a tie. */
  readonly source: 'script' | 'text' | 'hint' | 'none';
}

/** How much text the detection looks at. */
const SAMPLE_CHARACTERS = 3000;

/** Fewer letters than this tell nothing. */
const FEWEST_LETTERS = 12;

/** Scores closer than this are a tie, which the hint breaks. */
const TIE = 0.06;

/** Share of the letters that must be of a script for it to decide. */
const SCRIPT_SHARE = 0.25;

/** Kana decide for Japanese even among many Chinese characters, which forms consist of. */
const KANA_SHARE = 0.03;

const SCRIPTS: readonly (readonly [code: string, pattern: RegExp])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ko', /\p{Script=Hangul}/gu],
  ['zh', /\p{Script=Han}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/**
 * Detects the language of a document from its text.
 * @param languageHint what the caller believes (clients send `en` for everything): it only breaks ties
 */
export async function detectLanguage(pages: readonly Page[], languageHint?: string): Promise<Language> {
  const hint = /^[a-z]{2,3}(?=$|[-_])/i.exec(languageHint ?? '')?.[0].toLowerCase();
  const sample = sampleText(pages);
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const script = SCRIPTS.find(([code, pattern]) => {
    const share = (sample.match(pattern)?.length ?? 0) / Math.max(1, letters);
    return share >= (code === 'ja' ? KANA_SHARE : SCRIPT_SHARE);
  });
  if (script?.[0] === 'zh' && hint === 'ja') return { code: 'ja', source: 'hint' };
  if (script) return { code: script[0], source: 'script' };
  if (letters < FEWEST_LETTERS) return hint ? { code: hint, source: 'hint' } : { code: 'und', source: 'none' };
  // The statistics are a megabyte of code: most programs that load Docket never need them.
  const { eld } = await import('eld/extrasmall');
  const detected = eld.detect(sample);
  if (!detected.language) return hint ? { code: hint, source: 'hint' } : { code: 'und', source: 'none' };
  const scores = detected.getScores();
  const lead = (scores[detected.language] ?? 0) - (scores[hint ?? ''] ?? Number.NEGATIVE_INFINITY);
  if (hint && hint !== detected.language && lead < TIE) return { code: hint, source: 'hint' };
  return { code: detected.language, source: 'text' };
}

/** Equal parts of every page, up to the limit, so that a foreign cover page does not decide. */
function sampleText(pages: readonly Page[]): string {
  const filled = pages.filter((page) => page.text !== '').slice(0, 6);
  const share = Math.ceil(SAMPLE_CHARACTERS / Math.max(1, filled.length));
  return filled.map((page) => page.text.slice(0, share)).join('\n');
}
