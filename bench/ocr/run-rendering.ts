import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { measureRendering, type RenderingMeasures } from './measure-rendering.js';

const INSTALL = 'npm install --prefix FOLDER pdfjs-dist@5.6.205 @napi-rs/canvas@0.1.100';

/**
 * Compares what renders pages: PDFium, and pdf.js on a canvas, which is no part of this project and is installed for this alone.
 * Run: `pnpm --filter @docket/bench ocr:rendering FOLDER [ROUNDS]`.
 */
async function main(folder = '', rounds = '5'): Promise<void> {
  if (folder === '') return console.log(`name the folder of a canvas for pdf.js, after: ${INSTALL}`);
  const { pdfium, pdfjs } = await measureRendering(folder, Number(rounds));
  const row = (name: string, { pagesPerSecond, memory, size, errorRate }: RenderingMeasures) => {
    const megabytes = (bytes: number) => (bytes / 1024 ** 2).toFixed(0);
    return `| ${name} | ${pagesPerSecond.toFixed(1)} | ${megabytes(memory)} | ${megabytes(size)} | ${(100 * errorRate).toFixed(1)} % |`;
  };
  const report = [
    '# What renders pages',
    '',
    `The first three pages of five PDFs with 2.8 million pixels each, in grey, medians of ${rounds} rounds in turn. Faithful is what OCR reads as it stands in the text of the page. Made by \`pnpm --filter @docket/bench ocr:rendering FOLDER\`, after \`${INSTALL}\`.`,
    '',
    '| | pages/s | most memory, MB | packages, MB | characters read wrongly |',
    '| --- | --- | --- | --- | --- |',
    row('PDFium in WebAssembly', pdfium),
    row('pdf.js on @napi-rs/canvas', pdfjs),
    '',
  ].join('\n');
  await writeFile(fileURLToPath(new URL('../results/ocr-rendering.md', import.meta.url)), report);
  console.log(report);
}

await main(...process.argv.slice(2));
