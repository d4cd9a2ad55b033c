import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { evalSetExists } from '../accuracy/eval-set.js';
import { measureScans } from './measure-scans.js';
import { writeReport } from './report.js';

const file = fileURLToPath(new URL('../results/ocr.md', import.meta.url));

if (!evalSetExists()) console.log('the labelled documents are not here; nothing is measured');
else {
  const report = writeReport(await measureScans());
  await writeFile(file, report);
  console.log(report);
}
process.exit();
