import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { DocketError } from '../../errors.js';
import { OcrNotInstalled } from './load-optional.js';
import type { OcrLanguage } from './ocr-engine.js';
import { TesseractJsEngine } from './tesseract-js-engine.js';

/** How a language is added. */
export interface AddLanguageOptions {
  /** A file of tesseract's: `deu.traineddata`, or packed: `deu.traineddata.gz`. */
  readonly file: string;
  /** Where languages are kept; made when it is not there. */
  readonly folder: string;
  /** Whether one that is there is replaced. @default false */
  readonly replace?: boolean;
}

const NAME = /^([a-z][\w-]{1,40})\.traineddata(?:\.gz)?$/i;

/** Tesseract's largest is 50 MB. */
const MOST_BYTES = 200 * 1024 * 1024;

/** What is read to see whether the data can be loaded: nothing. */
const BLANK = { width: 64, height: 64, pixels: new Uint8Array(64 * 64).fill(255) };

/**
 * Adds a language for OCR, after tesseract has loaded it once.
 * @throws DocketError `resource.*`, `request.invalid_input`, `model.incompatible`, `model.not_installed`
 */
export async function addOcrLanguage({ file, folder, replace = false }: AddLanguageOptions): Promise<OcrLanguage> {
  const code = NAME.exec(basename(file))?.[1];
  if (code === undefined) {
    throw new DocketError(
      'request.invalid_input',
      `${file} is not named like a language of tesseract: deu.traineddata or deu.traineddata.gz`,
    );
  }
  const target = join(folder, `${code}.traineddata`);
  const isThere = await stat(target).then(
    () => true,
    () => false,
  );
  if (isThere && !replace) {
    throw new DocketError('request.invalid_input', `${code} is there already (${target}); add it with --replace`);
  }
  const data = unpack(await load(file), file);
  const trial = join(folder, `.trial-${randomUUID()}`);
  try {
    await mkdir(trial, { recursive: true });
    await writeFile(join(trial, `${code}.traineddata`), data);
    await tryOut(trial, code);
    await rename(join(trial, `${code}.traineddata`), target);
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
  const { size, mtimeMs } = await stat(target);
  return { code, file: target, identity: `${code}#${size}-${Math.round(mtimeMs)}`, source: target };
}

async function load(file: string): Promise<Buffer> {
  try {
    if ((await stat(file)).size > MOST_BYTES) throw notLanguage(file, 'it is larger than any language of tesseract');
    return await readFile(file);
  } catch (error) {
    if (error instanceof DocketError) throw error;
    const isAbsent = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = error instanceof Error ? error.message : String(error);
    throw new DocketError(
      isAbsent ? 'resource.file_not_found' : 'resource.unreadable',
      `${file} cannot be read: ${why}`,
    );
  }
}

function unpack(bytes: Buffer, file: string): Uint8Array {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    throw notLanguage(file, error instanceof Error ? error.message : String(error));
  }
}

async function tryOut(folder: string, code: string): Promise<void> {
  const engine = new TesseractJsEngine(folder);
  try {
    await engine.recognise(BLANK, { languages: [code] });
  } catch (error) {
    if (error instanceof OcrNotInstalled) throw new DocketError('model.not_installed', error.what, { cause: error });
    throw notLanguage(`${code}.traineddata`, 'tesseract cannot load it', error);
  } finally {
    await engine[Symbol.asyncDispose]();
  }
}

function notLanguage(file: string, why: string, cause?: unknown): DocketError {
  return new DocketError('model.incompatible', `${file} is no data for tesseract 4 or later: ${why}`, { cause });
}
