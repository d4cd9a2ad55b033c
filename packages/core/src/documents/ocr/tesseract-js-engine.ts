import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { DocketError } from '../../errors.js';
import type { PageImage } from '../page-image.js';
import { encodeGreyTiff } from './grey-tiff.js';
import { installedLanguages } from './installed-languages.js';
import { findTesseract, loadFailure } from './load-optional.js';
import type { OcrEngine, OcrLanguage, OcrText, RecogniseOptions } from './ocr-engine.js';
import { DOTS_PER_INCH, LAYOUT_MODES } from './tesseract-parameters.js';
import { TesseractThread } from './tesseract-thread.js';
import { parseTesseractTsv } from './tesseract-tsv.js';

/** What this engine is known by in caches. */
export const TESSERACT_JS_IDENTITY = 'tesseract.js-7.0.0';

/** The neural network alone, which is what the data has. */
const NEURAL_NETWORK = 1;

interface Warm {
  readonly thread: TesseractThread;
  /** Codes whose data it has. */
  readonly loaded: Set<string>;
  /** Codes that it is ready to read, joined; absent until the first. */
  active: string | undefined;
}

/**
 * Tesseract in WebAssembly, in a thread of its own that stays for the next picture. Its data is handed over from files of this
 * machine: what the library does to fetch and to cache it is never reached. Reads one picture at a time, in the order of asking.
 */
export class TesseractJsEngine implements OcrEngine {
  readonly identity = TESSERACT_JS_IDENTITY;
  #warm: Warm | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** @param folder Language files beside those of npm packages */
  constructor(private readonly folder: string | undefined) {}

  languages(): Promise<readonly OcrLanguage[]> {
    return installedLanguages(this.folder);
  }

  async recognise(image: PageImage, options: RecogniseOptions): Promise<OcrText> {
    const turn = this.#last.then(() => this.#recogniseNow(image, options));
    this.#last = turn.catch(() => {});
    return await untilAborted(turn, options.signal);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const warm = this.#warm;
    this.#warm = undefined;
    await warm?.thread.terminate();
  }

  async #recogniseNow(image: PageImage, { languages, layout = 'page', signal }: RecogniseOptions): Promise<OcrText> {
    signal?.throwIfAborted();
    // Nothing ends a thread in the middle of a picture but its end.
    const abort = () => void this[Symbol.asyncDispose]();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await recogniseIn(await this.#ready(languages), image, layout);
    } catch (error) {
      signal?.throwIfAborted();
      await this[Symbol.asyncDispose]();
      throw error;
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }

  /** The thread, with these languages in it. */
  async #ready(codes: readonly string[]): Promise<TesseractThread> {
    const known = new Map((await this.languages()).map((language) => [language.code, language] as const));
    const languages = codes.flatMap((code) => known.get(code) ?? []);
    this.#warm ??= { thread: new TesseractThread(findTesseract()), loaded: new Set(), active: undefined };
    await activate(this.#warm, languages);
    return this.#warm.thread;
  }
}

async function recogniseIn(thread: TesseractThread, image: PageImage, layout: keyof typeof LAYOUT_MODES) {
  try {
    await thread.request('setParameters', { params: parametersFor(layout) });
    const file = encodeGreyTiff(image);
    const picture = { image: file, options: {}, output: { text: false, tsv: true } };
    const { tsv } = (await thread.request('recognize', picture, [file.buffer])) as { readonly tsv: string | null };
    return parseTesseractTsv(tsv ?? '');
  } catch (error) {
    throw new DocketError('document.corrupt', `OCR broke off: ${describe(error)}`, { cause: error });
  }
}

/** What tesseract says of a picture, on a line of its own for each trifle, goes nowhere. */
function parametersFor(layout: keyof typeof LAYOUT_MODES) {
  return {
    tessedit_pageseg_mode: LAYOUT_MODES[layout],
    user_defined_dpi: DOTS_PER_INCH,
    debug_file: '/dev/null',
  };
}

async function activate(warm: Warm, languages: readonly OcrLanguage[]): Promise<void> {
  const wanted = languages.map(({ code }) => code).join('+');
  if (warm.active === wanted) return;
  if (warm.active === undefined) await loadProgram(warm.thread);
  try {
    for (const { code, file } of languages) {
      if (warm.loaded.has(code) || file === undefined) continue;
      const langs = [{ code, data: await dataOf(file) }];
      await warm.thread.request('loadLanguage', { langs, options: { cacheMethod: 'none', lstmOnly: true } });
      warm.loaded.add(code);
    }
    await warm.thread.request('initialize', { langs: wanted, oem: NEURAL_NETWORK, config: {} });
  } catch (error) {
    throw cannotLoad(languages, error);
  }
  warm.active = wanted;
}

async function loadProgram(thread: TesseractThread): Promise<void> {
  try {
    await thread.request('load', { options: { lstmOnly: true, logging: false } });
  } catch (error) {
    throw loadFailure('tesseract.js', error);
  }
}

async function dataOf(file: string): Promise<Uint8Array> {
  const bytes = await readFile(file);
  return extname(file) === '.gz' ? await promisify(gunzip)(bytes) : bytes;
}

/** The result, or the signal's reason as soon as it aborts: whoever waits for a turn waits no longer. */
async function untilAborted<Result>(result: Promise<Result>, signal: AbortSignal | undefined): Promise<Result> {
  if (!signal) return await result;
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
  });
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([result, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function cannotLoad(languages: readonly OcrLanguage[], cause: unknown): DocketError {
  const names = languages.map(({ source }) => source).join(', ');
  const message = `OCR cannot load ${names}: ${describe(cause)}; bring the data again with "docket ocr add FILE --replace"`;
  return new DocketError('model.incompatible', message, { cause });
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
