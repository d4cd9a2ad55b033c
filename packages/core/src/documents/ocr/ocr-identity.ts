import { createHash } from 'node:crypto';
import { chooseLanguages } from './choose-languages.js';
import { loadOcrEngine } from './load-ocr-engine.js';
import { type OcrChoice, ocrSettingsOf } from './ocr-settings.js';

/** Changes whenever the same picture may give another text because of how it is prepared or taken apart. */
const PIPELINE = 'ocr-2';

/**
 * What text that was read by OCR is known by in caches: engine, languages and settings.
 * @returns Undefined where nothing would be read by OCR: it is off, or not installed, or the language is missing
 */
export async function ocrIdentity(choice: OcrChoice, lang: string | null | undefined): Promise<string | undefined> {
  const settings = ocrSettingsOf(choice);
  if (settings.mode === 'off') return undefined;
  try {
    const engine = await loadOcrEngine(settings);
    const installed = await engine.languages();
    const { codes, areNamed } = chooseLanguages(lang, installed);
    const used = areNamed ? installed.filter(({ code }) => codes.includes(code)) : installed;
    // Caches make names of files of it: what may grow is hashed.
    const data = createHash('sha256').update(JSON.stringify(used.map(({ identity }) => identity)));
    const languages = `${areNamed ? 'only' : 'first'} ${codes.slice(0, 3).join(' ')} of ${data.digest('hex').slice(0, 12)}`;
    const pages = Number.isFinite(settings.maxPages) ? settings.maxPages : 'all';
    return `${PIPELINE} (${engine.identity}, ${languages}, ${settings.mode} ${pages})`;
  } catch {
    return undefined;
  }
}
