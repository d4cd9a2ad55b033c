import { MACHINE } from '../server/machine.js';
import { answerQuestions } from '../speed/answer-questions.js';
import { type Section, table } from '../speed/report.js';
import { measureBesidePdftotext } from './beside-pdftotext.js';
import { FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureLongPdf } from './long-pdf.js';
import { measurePipeline } from './pipeline.js';
import { measureServerMemory } from './server-memory.js';

/**
 * Measures the built program beside others and beside itself. Run:
 * `pnpm --filter @docket/bench performance [--quick] [question...]`.
 */
await answerQuestions(
  {
    questions: {
      pdftotext: measureBesidePdftotext,
      pipeline: measurePipeline,
      'server-memory': measureServerMemory,
      'long-pdf': measureLongPdf,
    },
    fullEffort: FULL_EFFORT,
    quickEffort: QUICK_EFFORT,
    writeReport,
    file: 'performance.md',
  },
  process.argv.slice(2),
);

function writeReport(sections: readonly Section[]): string {
  const targets = sections.flatMap((section) => section.targets);
  const rows = targets.map(({ name, reached, wanted, met }) => [name, reached, wanted, met ? 'pass' : '**fail**']);
  return [
    '# Performance',
    '',
    `Written by \`pnpm --filter @docket/bench performance\`, on ${MACHINE}. Each figure is a ratio of what was measured side by side`,
    'in one run, the sides in turn. The time to the first result of a new process is in [speed.md](speed.md).',
    '',
    ...table(['target', 'reached', 'wanted', ''], rows),
    ...sections.flatMap(({ title, lines }) => ['', `## ${title}`, '', ...lines]),
    '',
  ].join('\n');
}
