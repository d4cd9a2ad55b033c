// Reads pictures, all of them once for each message, and answers with the milliseconds. Argument: JSON, {side, paths}. The sides:
//   bare    tesseract.js by its own client, with the same data and the same pixels, looking for columns and blocks as Docket does:
//           decoded, recognised, its text taken
//   block   the same, but as its client starts: every page is one block of lines
//   docket  readDocument, in this process
//   pool    classifyDocument in two engine processes
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(fileURLToPath(new URL('../../packages/core/package.json', import.meta.url)));
const { side, paths } = JSON.parse(process.argv[2]);
const pictures = paths.map((path) => ({ name: path, bytes: readFileSync(path) }));
// On a busy machine a page may take long; what is measured is how long.
const PATIENT = { ocrPageMs: 600_000, maxMs: 600_000 };
const SIDES = { bare: () => byTesseract('3'), block: () => byTesseract('6'), docket: byDocket, pool: byPool };
const readAll = await SIDES[side]();

process.on('message', async () => {
  const started = performance.now();
  await readAll();
  process.send({ ms: performance.now() - started });
});
process.on('disconnect', () => process.exit());

/** @param layout `tessedit_pageseg_mode` */
async function byTesseract(layout) {
  const { createWorker } = require('tesseract.js');
  const langPath = join(dirname(require.resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int');
  const worker = await createWorker('eng', 1, { langPath, gzip: true, cacheMethod: 'none' });
  await worker.setParameters({ debug_file: '/dev/null', tessedit_pageseg_mode: layout });
  return async () => {
    for (const { bytes } of pictures) await worker.recognize(bytes);
  };
}

async function byDocket() {
  const { DEFAULT_LIMITS, readDocument } = await import('../../packages/core/dist/index.js');
  const limits = { ...DEFAULT_LIMITS, ...PATIENT };
  return async () => {
    for (const picture of pictures) await readDocument(picture, { limits });
  };
}

async function byPool() {
  const { DEFAULT_LIMITS, EnginePool } = await import('../../packages/core/dist/index.js');
  const rules = [{ type: 'invoice', description: 'A bill for goods or services' }];
  const limits = { ...DEFAULT_LIMITS, ...PATIENT };
  const pool = new EnginePool({ engine: {}, limits, concurrency: 2, maxMemoryMb: 2048 });
  return async () => {
    await Promise.all(pictures.map((document) => pool.classify({ document, rules })));
  };
}
