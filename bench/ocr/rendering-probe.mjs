// Renders the first pages of PDFs in grey, all of them once for each message, and answers with milliseconds, pages and memory; to
// `read` it answers with what OCR makes of each page. Argument: JSON, {side, paths, pixels, pages, canvas}. The sides:
//   pdfium  as Docket does
//   pdfjs   pdf.js on @napi-rs/canvas, both from the folder `canvas`
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const { side, paths, pixels, pages, canvas } = JSON.parse(process.argv[2]);
const files = paths.map((path) => readFileSync(path));
const open = side === 'pdfium' ? await withPdfium() : await withPdfjs();
let most = 0;

process.on('message', async (question) => process.send(question === 'read' ? await readAll() : await renderAll()));
process.on('disconnect', () => process.exit());

async function renderAll() {
  const started = performance.now();
  let rendered = 0;
  for (const file of files) {
    await open(file, async () => {
      rendered += 1;
      most = Math.max(most, process.memoryUsage.rss());
    });
  }
  return { ms: performance.now() - started, pages: rendered, rss: most };
}

async function readAll() {
  const { TesseractJsEngine } = await import('../../packages/core/dist/documents/ocr/tesseract-js-engine.js');
  const engine = new TesseractJsEngine(undefined);
  const texts = [];
  for (const file of files) {
    await open(file, async (image) => {
      const { lines } = await engine.recognise(image, { languages: ['eng'] });
      texts.push(lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join('\n'));
    });
  }
  return texts;
}

async function withPdfium() {
  const { pdfiumReader } = await import('../../packages/core/dist/documents/pdf/pdfium-reader.js');
  const { DEFAULT_LIMITS } = await import('../../packages/core/dist/documents/limits.js');
  return async (bytes, use) => {
    const document = await pdfiumReader.open(bytes, { limits: DEFAULT_LIMITS });
    for (let page = 1; page <= Math.min(pages, document.pageCount); page++) {
      await use(await document.renderPage(page, { pixels }));
    }
    await document[Symbol.asyncDispose]();
  };
}

async function withPdfjs() {
  const require = createRequire(join(canvas, 'package.json'));
  const { createCanvas } = require('@napi-rs/canvas');
  const root = dirname(require.resolve('pdfjs-dist/package.json'));
  const pdfjs = await import(pathToFileURL(join(root, 'legacy/build/pdf.mjs')).href);
  const places = {
    cMapUrl: `${join(root, 'cmaps')}/`,
    cMapPacked: true,
    standardFontDataUrl: `${join(root, 'standard_fonts')}/`,
  };
  return async (bytes, use) => {
    const task = pdfjs.getDocument({ data: new Uint8Array(bytes), ...places, verbosity: 0 });
    const document = await task.promise;
    for (let number = 1; number <= Math.min(pages, document.numPages); number++) {
      const page = await document.getPage(number);
      const natural = page.getViewport({ scale: 1 });
      const scale = Math.sqrt(pixels / (natural.width * natural.height));
      const viewport = page.getViewport({ scale });
      const drawing = createCanvas(Math.round(viewport.width), Math.round(viewport.height));
      await page.render({ canvas: drawing, canvasContext: drawing.getContext('2d'), viewport }).promise;
      await use(greyOf(drawing));
    }
    await task.destroy();
  };
}

function greyOf(drawing) {
  const { width, height } = drawing;
  const { data } = drawing.getContext('2d').getImageData(0, 0, width, height);
  const grey = new Uint8Array(width * height);
  for (let at = 0; at < grey.length; at++) {
    grey[at] = 0.299 * data[at * 4] + 0.587 * data[at * 4 + 1] + 0.114 * data[at * 4 + 2];
  }
  return { width, height, pixels: grey };
}
