import { createRequire } from 'node:module';
import { DocketError } from '../../errors.js';
import { programBundle } from '../../models/models-folder.js';

/** Brings the optional dependencies that OCR needs. */
export const OCR_INSTALL_COMMAND = 'pnpm add tesseract.js@7.0.0 @tesseract.js-data/eng@1.0.0 sharp@0.35.5';

/** What to do where they are missing: nothing can be added to a bundle. */
export function ocrRemedy(): string {
  return programBundle() === undefined
    ? `run "${OCR_INSTALL_COMMAND}"`
    : 'this program came in a bundle without them: make one with `docket bundle FILE --with-ocr`';
}

/** Something that OCR needs is not installed. What the document holds besides may still be read. */
export class OcrNotInstalled extends Error {
  override readonly name = 'OcrNotInstalled';

  /** @param what What is missing, and what to do, as part of a sentence */
  constructor(
    readonly what: string,
    cause?: unknown,
  ) {
    super(what, { cause });
  }
}

/** The library sharp, as far as types go: nothing is imported by this. */
export type SharpLibrary = typeof import('sharp');

/** @throws OcrNotInstalled, DocketError `model.incompatible` when it does not load here */
export async function loadSharp(): Promise<SharpLibrary['default']> {
  const { default: sharp } = await loaded('sharp', () => import('sharp'));
  // Nothing is to stay in memory from one document to the next, and a process works on one page at a time.
  sharp.cache(false);
  sharp.concurrency(1);
  return sharp;
}

/**
 * Path of the script that a thread of tesseract.js runs. The library itself is not loaded by this.
 * @throws OcrNotInstalled
 */
export function findTesseract(): string {
  try {
    return createRequire(import.meta.url).resolve('tesseract.js/src/worker-script/node/index.js');
  } catch (error) {
    throw loadFailure('tesseract.js', error);
  }
}

/** What is said of an optional package that cannot be loaded: that it is missing, or that it does not work. */
export function loadFailure(name: string, error: unknown): OcrNotInstalled | DocketError {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const isAbsent = code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND';
  if (isAbsent) return new OcrNotInstalled(`OCR needs the optional package ${name}: ${ocrRemedy()}`, error);
  const why = error instanceof Error ? error.message.split('\n', 1)[0] : String(error);
  const message = `the package ${name} is installed but does not load on this machine: ${why}; install it again with "${OCR_INSTALL_COMMAND}"`;
  return new DocketError('model.incompatible', message, { cause: error });
}

async function loaded<Library>(name: string, load: () => Promise<Library>): Promise<Library> {
  try {
    return await load();
  } catch (error) {
    throw loadFailure(name, error);
  }
}
