// Reads every page of documents with one reader of PDF in this process and says on standard output how long that took, how
// much memory, and what came of each. Argument: JSON, {pdfReader, paths}.
import { readFile } from 'node:fs/promises';
import { readDocument } from '../../packages/core/dist/documents/read-document.js';

const { pdfReader, paths } = JSON.parse(process.argv[2]);
const documents = [];
const started = performance.now();
for (const path of paths) {
  const bytes = await readFile(path);
  const record = await readDocument({ bytes, name: path }, { pdfReader });
  const characters = record.pages.reduce((sum, page) => sum + page.text.replace(/\s/g, '').length, 0);
  documents.push({ path, pages: record.pages.length, characters });
}
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
const times = { wallMs: performance.now() - started, processorMs: (userCPUTime + systemCPUTime) / 1000 };
console.log(JSON.stringify({ ...times, peakMb: maxRSS / 1024, documents }));
