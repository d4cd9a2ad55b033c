import { readFile } from 'node:fs/promises';
import type { OpenDocument } from '../../packages/core/src/documents/document-reader.js';
import { DEFAULT_LIMITS, DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadSharp } from '../../packages/core/src/documents/ocr/load-optional.js';
import { greyPixels } from '../../packages/core/src/documents/ocr/prepare-image.js';
import { readByOcr } from '../../packages/core/src/documents/ocr/read-by-ocr.js';
import type { PageImage } from '../../packages/core/src/documents/page-image.js';
import { pdfiumReader } from '../../packages/core/src/documents/pdf/pdfium-reader.js';
import { makePage, type Page } from '../../packages/core/src/pages/page.js';
import { DAMAGES, degrade } from './degrade.js';

/** However slow the machine is. */
const MOST_MS = 600_000;

/** Renders the pages of a PDF with text, damages them and has OCR read them, as if the document were a scan. */
export async function readRendered(path: string, kind: string): Promise<readonly Page[]> {
  const damage = DAMAGES[kind];
  if (!damage) throw new Error(`no damage is called ${kind}: ${Object.keys(DAMAGES).join(', ')}`);
  await using source = await pdfiumReader.open(await readFile(path), { limits: DEFAULT_LIMITS });
  const count = Math.min(source.pageCount, DEFAULT_MAX_PAGES);
  const empty: Page[] = [];
  for (let number = 1; number <= count; number++) {
    const { size } = await source.readPage(number);
    empty.push(makePage(number, { method: 'none', items: [], ...(size ? { size } : {}) }));
  }
  const scan = scanOf(source, (page, seed) => degrade(page, damage, seed), damage.pixels);
  const signal = AbortSignal.timeout(MOST_MS);
  return (await readByOcr(scan, empty, { lang: undefined, signal, onOcr: () => {} })).pages;
}

function scanOf(source: OpenDocument, damaged: (page: PageImage, seed: number) => Promise<Buffer>, pixels: number) {
  const renderPage = async (number: number) => {
    const page = await source.renderPage?.(number, { pixels });
    if (!page) throw new Error('PDFs are rendered');
    return await greyPixels((await loadSharp())(await damaged(page, number)));
  };
  return { ...source, renderPage, pictureShare: async () => 1 } satisfies OpenDocument;
}
