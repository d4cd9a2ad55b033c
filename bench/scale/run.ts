import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MACHINE } from '../server/machine.js';
import { answerQuestions } from '../speed/answer-questions.js';
import { FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureEngine } from './engine.js';
import { measureMillion } from './million.js';
import { plotWorkers } from './plot.js';
import { writeReport } from './report.js';
import { measureSteps } from './steps.js';
import { measureUnderLoad } from './under-load.js';
import { measureWakeUp } from './wake-up.js';
import { measuredWorkers, measureWorkers } from './workers.js';

const flags = process.argv.slice(2);

/** Measures many workers on PostgreSQL. Run: `pnpm --filter @docket/bench scale [--quick] [question...]`. */
await answerQuestions(
  {
    questions: {
      workers: measureWorkers,
      steps: measureSteps,
      'wake-up': measureWakeUp,
      engine: measureEngine,
      'under-load': measureUnderLoad,
      million: measureMillion,
    },
    fullEffort: FULL_EFFORT,
    quickEffort: QUICK_EFFORT,
    writeReport: (sections) => writeReport(sections, MACHINE),
    file: 'scale.md',
  },
  flags,
);
// Only a full run of all is written.
if (flags.length === 0) {
  await writeFile(fileURLToPath(new URL('../results/scale.svg', import.meta.url)), plotWorkers(measuredWorkers()));
}
