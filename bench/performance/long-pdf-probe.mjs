// Classifies one PDF, all pages, in a process of its own: answers with the milliseconds and the peak of resident memory.
// Argument: JSON, {path, warmUp, rules}. The engine and the reader of PDF are loaded by another PDF of the same kind before.
import { readFileSync } from 'node:fs';
import { classifyDocument } from '../../packages/core/dist/index.js';

const { path, warmUp, rules } = JSON.parse(process.argv[2]);
const classify = (name) =>
  classifyDocument({ document: { name, bytes: readFileSync(name) }, rules, defaultMaxPages: 0 });
await classify(warmUp);

process.on('message', async () => {
  const started = performance.now();
  const { pages } = await classify(path);
  const ms = performance.now() - started;
  process.send({ ms, pages: pages.read.length, peakBytes: process.resourceUsage().maxRSS * 1024 });
});
process.on('disconnect', () => process.exit());
