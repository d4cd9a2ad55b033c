import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { evalSetExists } from '../accuracy/eval-set.js';
import { MACHINE } from '../server/machine.js';
import { answersOf } from './compare-answers.js';
import { hostileOutcomes } from './hostile-outcomes.js';
import { measureReading, textPdfs } from './measure-reading.js';
import { writeReport } from './report.js';

const ROUNDS = 5;
const results = fileURLToPath(new URL('../results/', import.meta.url));

/** Compares the readers of PDF. Run: `pnpm --filter @docket/bench pdf-readers`, after a build, on a quiet machine. */
async function main(): Promise<void> {
  if (!evalSetExists()) return console.log('skipped: the labelled documents (../shared/eval) are not here');
  const costs = await measureReading(await textPdfs(), ROUNDS);
  const hostile = { pdfjs: await hostileOutcomes('pdfjs'), pdfium: await hostileOutcomes('pdfium') };
  const [pdfjs, pdfium] = [await answersOf('pdfjs'), await answersOf('pdfium')];
  const report = writeReport({
    machine: MACHINE,
    rounds: ROUNDS,
    costs,
    hostile,
    answers: { pdfjs: pdfjs.shipped, pdfium: pdfium.shipped },
    fitted: { pdfjs: pdfjs.fitted, pdfium: pdfium.fitted },
  });
  console.log(report);
  await mkdir(results, { recursive: true });
  await writeFile(`${results}pdf-readers.md`, report);
}

await main();
