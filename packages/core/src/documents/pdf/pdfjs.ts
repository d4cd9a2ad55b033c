import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { PDFWorker } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { DirectPort } from './direct-port.js';

type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

let loading: Promise<Pdfjs> | undefined;

/** Loads pdf.js on first use; it costs about 60 ms. */
export function loadPdfjs(): Promise<Pdfjs> {
  loading ??= importQuietly().catch((error: unknown) => {
    // What was missing may be there the next time.
    loading = undefined;
    throw error;
  });
  return loading;
}

/** Folders of the package that hold what CJK and unembedded fonts need, with the trailing slash that pdf.js wants. */
export function pdfjsDataFolders(): { readonly cMapUrl: string; readonly standardFontDataUrl: string } {
  const root = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  return { cMapUrl: `${join(root, 'cmaps')}/`, standardFontDataUrl: `${join(root, 'standard_fonts')}/` };
}

/** The half of pdf.js that parses, in this thread. Destroy it after the document's loading task. */
export function createWorker(pdfjs: Pdfjs): PDFWorker {
  const port = new DirectPort();
  const { pdfjsWorker } = globalThis as unknown as { readonly pdfjsWorker: WorkerHalf };
  pdfjsWorker.WorkerMessageHandler.initializeFromPort(port);
  return new pdfjs.PDFWorker({ port: port as never, verbosity: 0 });
}

/** What `pdf.worker.mjs` exports. */
interface WorkerHalf {
  readonly WorkerMessageHandler: { initializeFromPort(port: DirectPort): void };
}

/** What the legacy build's polyfills replace for the whole process, though Node has better: `push` alone costs 17 %. */
const POLYFILLED: readonly (readonly [object, string])[] = [
  [Array.prototype, 'push'],
  [JSON, 'parse'],
  [JSON, 'stringify'],
  [Function.prototype, 'toString'],
];

/** Has what pdf.js would add to `Response`: looking at Node's own makes Node load all that fetches, which takes 25 ms. */
class NoResponse {
  bytes(): void {}
}

/**
 * pdf.js wants classes for drawing, which Docket never does, and says so on the console while it loads. Its worker half is
 * loaded here too, so that it finds the built-ins as they were.
 */
async function importQuietly(): Promise<Pdfjs> {
  const globals = globalThis as Record<string, unknown>;
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) globals[name] ??= class {};
  const { warn, log } = console;
  const response = Object.getOwnPropertyDescriptor(globalThis, 'Response');
  Object.defineProperty(globalThis, 'Response', { value: NoResponse, configurable: true });
  const originals = POLYFILLED.map(([owner, name]) => Object.getOwnPropertyDescriptor(owner, name));
  console.warn = console.log = () => {};
  try {
    globals.pdfjsWorker ??= await import('pdfjs-dist/legacy/build/pdf.worker.mjs');
    return await import('pdfjs-dist/legacy/build/pdf.mjs');
  } finally {
    Object.assign(console, { warn, log });
    if (response) Object.defineProperty(globalThis, 'Response', response);
    POLYFILLED.forEach(([owner, name], index) => {
      Object.defineProperty(owner, name, originals[index] as PropertyDescriptor);
    });
  }
}
