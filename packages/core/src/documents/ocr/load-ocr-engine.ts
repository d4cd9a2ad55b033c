import type { OcrEngine } from './ocr-engine.js';
import type { OcrEngineName, OcrSettings } from './ocr-settings.js';

const LOADERS: Readonly<Record<OcrEngineName, (folder: string | undefined) => Promise<OcrEngine>>> = {
  'tesseract.js': async (folder) => new (await import('./tesseract-js-engine.js')).TesseractJsEngine(folder),
  tesseract: async (folder) => (await import('./tesseract-command-engine.js')).TesseractCommandEngine.start(folder),
};

const engines = new Map<string, Promise<OcrEngine>>();

/**
 * The engine of a setting: one for each process, kept warm.
 * @throws OcrNotInstalled when the command `tesseract` is wanted and not there
 */
export function loadOcrEngine({ engine, folder }: Pick<OcrSettings, 'engine' | 'folder'>): Promise<OcrEngine> {
  const key = JSON.stringify([engine, folder]);
  let loaded = engines.get(key);
  if (!loaded) {
    loaded = LOADERS[engine](folder);
    engines.set(key, loaded);
    loaded.catch(() => engines.delete(key));
  }
  return loaded;
}

/** Lets go of what engines hold: for programs that go on without OCR, and for tests. */
export async function releaseOcrEngines(): Promise<void> {
  const all = [...engines.values()];
  engines.clear();
  for (const engine of all) await (await engine.catch(() => undefined))?.[Symbol.asyncDispose]();
}
