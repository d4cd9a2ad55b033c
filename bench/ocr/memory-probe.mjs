// Reads pictures by OCR again and again and says on standard output how much memory this process has every so many pages.
// Argument: JSON, {pages, paths}.
import { readFileSync } from 'node:fs';
import { DEFAULT_LIMITS, readDocument } from '../../packages/core/dist/index.js';

const EVERY = 10;
const { pages, paths } = JSON.parse(process.argv[2]);
const pictures = paths.map((path) => ({ name: path, bytes: readFileSync(path) }));
// On a busy machine a page may take long.
const limits = { ...DEFAULT_LIMITS, ocrPageMs: 600_000, maxMs: 600_000 };
const samples = [];
for (let page = 1; page <= pages; page++) {
  await readDocument(pictures[page % pictures.length], { limits });
  if (page % EVERY > 0) continue;
  // What waits for the garbage collector is no leak.
  globalThis.gc();
  samples.push({ documents: page, bytes: process.memoryUsage.rss() });
}
console.log(JSON.stringify(samples));
process.exit();
