import { MACHINE } from '../server/machine.js';
import { answerQuestions } from '../speed/answer-questions.js';
import { FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureFirstVisit } from './first-visit.js';
import { measureMemory } from './memory.js';
import { writeReport } from './report.js';
import { measureRescoring } from './rescoring.js';

/** Measures the console in a browser. Run: `pnpm --filter @docket/bench run console [--quick] [question...]`. */
await answerQuestions(
  {
    questions: { 'first-visit': measureFirstVisit, rescoring: measureRescoring, memory: measureMemory },
    fullEffort: FULL_EFFORT,
    quickEffort: QUICK_EFFORT,
    writeReport: (sections) => writeReport(sections, MACHINE),
    file: 'console.md',
  },
  process.argv.slice(2),
);
