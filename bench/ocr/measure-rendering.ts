import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DEFAULT_LIMITS } from '../../packages/core/src/documents/limits.js';
import { OCR_PIXELS } from '../../packages/core/src/documents/ocr/prepare-image.js';
import { pdfiumReader } from '../../packages/core/src/documents/pdf/pdfium-reader.js';
import { characterErrorRate } from '../../packages/core/src/documents/testing/scans.js';
import { fixture } from '../../packages/core/src/testing/fixtures.js';
import { Probe } from '../performance/probe.js';
import { runInTurn } from '../performance/ratio.js';
import { median } from '../speed/median-of.js';

const probe = fileURLToPath(new URL('./rendering-probe.mjs', import.meta.url));
const DOCUMENTS = ['invoice-1p.pdf', 'contract-3p.pdf', 'bank-statement.pdf', 'paper-2col.pdf', 'manual-40p.pdf'];
const PAGES = 3;

/** The two that were compared. */
export type Renderer = 'pdfium' | 'pdfjs';

/** What was measured of one. */
export interface RenderingMeasures {
  readonly pagesPerSecond: number;
  /** Most resident memory, in bytes. */
  readonly memory: number;
  /** Of the packages that it needs, in bytes. */
  readonly size: number;
  /** Share of characters that OCR reads otherwise than they stand in the text of the pages: the mean. */
  readonly errorRate: number;
}

/** @param canvas Folder in which `pdfjs-dist` and `@napi-rs/canvas` were installed */
export async function measureRendering(
  canvas: string,
  rounds: number,
): Promise<Readonly<Record<Renderer, RenderingMeasures>>> {
  const paths = DOCUMENTS.map((name) => fixture(`documents/${name}`));
  const options = { paths, pixels: OCR_PIXELS, pages: PAGES, canvas };
  await using pdfium = new Probe(probe, { ...options, side: 'pdfium' });
  await using pdfjs = new Probe(probe, { ...options, side: 'pdfjs' });
  const probes = { pdfium, pdfjs };
  type Answer = { readonly ms: number; readonly pages: number; readonly rss: number };
  const [, ...measured] = await runInTurn(['pdfium', 'pdfjs'], rounds + 1, (name) => probes[name].ask<Answer>());
  const texts = await textsOf(paths);
  const measure = async (name: Renderer): Promise<RenderingMeasures> => {
    const read = await probes[name].ask<readonly string[]>('read');
    const rates = read.map((text, index) => characterErrorRate(text, texts[index] ?? ''));
    return {
      pagesPerSecond: median(measured.map((round) => (1000 * round[name].pages) / round[name].ms)),
      memory: Math.max(...measured.map((round) => round[name].rss)),
      size: await sizeOf(name, canvas),
      errorRate: rates.reduce((sum, rate) => sum + rate, 0) / rates.length,
    };
  };
  return { pdfium: await measure('pdfium'), pdfjs: await measure('pdfjs') };
}

async function textsOf(paths: readonly string[]): Promise<string[]> {
  const texts: string[] = [];
  for (const path of paths) {
    await using document = await pdfiumReader.open(await readFile(path), { limits: DEFAULT_LIMITS });
    for (let page = 1; page <= Math.min(PAGES, document.pageCount); page++) {
      const { items } = await document.readPage(page);
      texts.push(items.map(({ text }) => text).join(''));
    }
  }
  return texts;
}

/** PDFium is one file, which reading text needs anyway; pdf.js needs a canvas, whose binary is a package of its own. */
async function sizeOf(name: Renderer, canvas: string): Promise<number> {
  const core = createRequire(fileURLToPath(new URL('../../packages/core/package.json', import.meta.url)));
  if (name === 'pdfium') return (await stat(core.resolve('@hyzyla/pdfium/pdfium.wasm'))).size;
  const scope = join(canvas, 'node_modules/@napi-rs');
  const pdfjs = dirname(createRequire(join(canvas, 'package.json')).resolve('pdfjs-dist/package.json'));
  return (await bytesIn(scope)) + (await bytesIn(pdfjs));
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
