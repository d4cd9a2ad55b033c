// Takes the text out of PDFs with bare pdf.js, or classifies them, once for each message, and answers with the milliseconds
// and the pages. Argument: JSON, {side, paths, maxPages, rules, scorer, pdfReader}. The sides:
//   bare      pdf.js, with Docket's patch of it, as anyone would use it: the import, getDocument, getTextContent of every page
//   restored  the same after Docket's import of pdf.js, which undoes what its polyfills make slow
//   classify  classifyDocument
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const core = fileURLToPath(new URL('../../packages/core/', import.meta.url));
const { side, paths, maxPages, rules, scorer, pdfReader } = JSON.parse(process.argv[2]);
const files = paths.map((path) => ({ name: path, bytes: readFileSync(path) }));
const run = side === 'classify' ? await classifying() : await extracting(side);

process.on('message', async () => {
  const started = performance.now();
  const amount = { pages: 0, characters: 0 };
  for (const file of files) await run(file, amount);
  process.send({ ms: performance.now() - started, ...amount });
});
process.on('disconnect', () => process.exit());

async function classifying() {
  const { classifyDocument } = await import('../../packages/core/dist/index.js');
  return async (file, amount) => {
    const { pages } = await classifyDocument({
      document: file,
      rules,
      scorer,
      pdfReader,
      defaultMaxPages: maxPages,
    });
    amount.pages += pages.selected.length;
  };
}

async function extracting(side) {
  const root = dirname(createRequire(join(core, 'package.json')).resolve('pdfjs-dist/package.json'));
  for (const name of ['DOMMatrix', 'Path2D', 'ImageData']) globalThis[name] ??= class {};
  if (side === 'restored') await (await import('../../packages/core/dist/documents/pdf/pdfjs.js')).loadPdfjs();
  const pdfjs = await import(join(root, 'legacy/build/pdf.mjs'));
  const settings = {
    cMapUrl: `${join(root, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(root, 'standard_fonts')}/`,
    disableFontFace: true,
    useSystemFonts: false,
    isEvalSupported: false,
    verbosity: 0,
  };
  return async ({ bytes }, amount) => {
    const task = pdfjs.getDocument({ data: new Uint8Array(bytes), ...settings });
    const document = await task.promise;
    const last = maxPages > 0 ? Math.min(maxPages, document.numPages) : document.numPages;
    for (let number = 1; number <= last; number++) {
      const page = await document.getPage(number);
      const { items } = await page.getTextContent();
      amount.characters += items.reduce((sum, { str }) => sum + str.length, 0);
      amount.pages++;
      page.cleanup();
    }
    await task.destroy();
  };
}
