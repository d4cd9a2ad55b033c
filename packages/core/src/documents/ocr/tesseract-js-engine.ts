import { readFile } from 'node:fs/promises';
import { dirname, extname } from 'node:path';
import type { Worker as Thread } from 'node:worker_threads';
import { gunzipSync } from 'node:zlib';
import type { PSM, Worker } from 'tesseract.js';
import { DocketError } from '../../errors.js';
import type { PageImage } from '../page-image.js';
import { installedLanguages } from './installed-languages.js';
import { loadTesseract } from './load-optional.js';
import type { OcrEngine, OcrLanguage, OcrText, RecogniseOptions } from './ocr-engine.js';
import { encodeGreymap } from './portable-greymap.js';
import { DOTS_PER_INCH, LAYOUT_MODES } from './tesseract-parameters.js';
import { parseTesseractTsv } from './tesseract-tsv.js';

/** What this engine is known by in caches. */
export const TESSERACT_JS_IDENTITY = 'tesseract.js-7.0.0';

/** The neural network alone, which is what the data has. */
const NEURAL_NETWORK = 1;

interface Warm {
  readonly worker: Worker & { readonly worker: Thread };
  /** Codes that are loaded; tesseract.js has the same array, and loads what is not in it by itself. */
  readonly loaded: string[];
  /** Codes that it is ready to read. */
  active: string;
}

/**
 * Tesseract in WebAssembly, in a thread of its own that stays for the next picture. Its data comes from files of this machine:
 * the defaults of the library, which fetch, are never used, and it keeps no cache.
 */
export class TesseractJsEngine implements OcrEngine {
  readonly identity = TESSERACT_JS_IDENTITY;
  #warm: Promise<Warm> | undefined;

  /** @param folder Language files beside those of npm packages */
  constructor(private readonly folder: string | undefined) {}

  languages(): Promise<readonly OcrLanguage[]> {
    return installedLanguages(this.folder);
  }

  async recognise(image: PageImage, { languages, layout = 'page', signal }: RecogniseOptions): Promise<OcrText> {
    signal?.throwIfAborted();
    const { worker } = await this.#ready(languages);
    // Nothing ends a thread in the middle of a picture but its end.
    let abort = () => {};
    const aborted = new Promise<never>((_, reject) => {
      abort = () => {
        void this[Symbol.asyncDispose]();
        reject(signal?.reason);
      };
    });
    signal?.addEventListener('abort', abort, { once: true });
    worker.worker.ref();
    try {
      await worker.setParameters(parametersFor(layout));
      const work = worker.recognize(encodeGreymap(image), {}, { text: false, tsv: true });
      const { data } = await Promise.race([work, aborted]);
      return parseTesseractTsv(data.tsv ?? '');
    } catch (error) {
      signal?.throwIfAborted();
      await this[Symbol.asyncDispose]();
      throw new DocketError('document.corrupt', `OCR broke off: ${describe(error)}`, { cause: error });
    } finally {
      signal?.removeEventListener('abort', abort);
      worker.worker.unref();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const warm = this.#warm;
    this.#warm = undefined;
    await (await warm?.catch(() => undefined))?.worker.terminate();
  }

  async #ready(codes: readonly string[]): Promise<Warm> {
    const known = new Map((await this.languages()).map((language) => [language.code, language] as const));
    const languages = codes.flatMap((code) => known.get(code) ?? []);
    this.#warm ??= start(languages);
    try {
      const warm = await this.#warm;
      await activate(warm, languages);
      return warm;
    } catch (error) {
      await this[Symbol.asyncDispose]();
      if (error instanceof DocketError || !(error instanceof Error || typeof error === 'string')) throw error;
      throw error instanceof Error && error.name === 'OcrNotInstalled' ? error : cannotLoad(languages, error);
    }
  }
}

/** What tesseract says of a picture, on a line of its own for each trifle, goes nowhere. */
function parametersFor(layout: keyof typeof LAYOUT_MODES) {
  const mode = LAYOUT_MODES[layout] as PSM;
  return { tessedit_pageseg_mode: mode, user_defined_dpi: DOTS_PER_INCH, debug_file: '/dev/null' };
}

async function start(languages: readonly OcrLanguage[]): Promise<Warm> {
  const { createWorker } = await loadTesseract();
  const [first] = languages;
  if (first?.file === undefined) throw new Error('no language is there');
  const loaded = [first.code];
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {});
  const started = createWorker(loaded, NEURAL_NETWORK, {
    langPath: dirname(first.file),
    gzip: extname(first.file) === '.gz',
    cacheMethod: 'none',
    // Without one, it throws where nobody can catch it; and what fails at the start is told by this alone.
    errorHandler: (error: unknown) => fail(error),
  });
  const worker = (await Promise.race([started, failed])) as Warm['worker'];
  worker.worker.unref();
  return { worker, loaded, active: first.code };
}

async function activate(warm: Warm, languages: readonly OcrLanguage[]): Promise<void> {
  const wanted = languages.map(({ code }) => code).join('+');
  if (warm.active === wanted) return;
  warm.worker.worker.ref();
  for (const { code, file } of languages) {
    if (warm.loaded.includes(code) || file === undefined) continue;
    const bytes = await readFile(file);
    const data = extname(file) === '.gz' ? gunzipSync(bytes) : bytes;
    await warm.worker.FS('writeFile', [`./${code}.traineddata`, data]);
    warm.loaded.push(code);
  }
  await warm.worker.reinitialize(wanted, NEURAL_NETWORK);
  warm.worker.worker.unref();
  warm.active = wanted;
}

function cannotLoad(languages: readonly OcrLanguage[], cause: unknown): DocketError {
  const names = languages.map(({ source }) => source).join(', ');
  const message = `OCR cannot load ${names}: ${describe(cause)}; bring the data again with "docket ocr add FILE --replace"`;
  return new DocketError('model.incompatible', message, { cause });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
