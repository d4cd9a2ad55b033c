import { answerQuestions } from '../speed/answer-questions.js';
import { FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureFullQueue } from './full-queue.js';
import { MACHINE } from './machine.js';
import { writeReport } from './report.js';
import { measureThroughput } from './throughput.js';
import { measureTurnaround } from './turnaround.js';
import { measureUploads } from './uploads.js';

/** Measures the built server. Run: `pnpm --filter @docket/bench run server [--quick] [question...]`. */
await answerQuestions(
  {
    questions: {
      throughput: measureThroughput,
      'full-queue': measureFullQueue,
      turnaround: measureTurnaround,
      uploads: measureUploads,
    },
    fullEffort: FULL_EFFORT,
    quickEffort: QUICK_EFFORT,
    writeReport: (sections) => writeReport(sections, MACHINE),
    file: 'server.md',
  },
  process.argv.slice(2),
);
