import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MACHINE } from '../server/machine.js';
import { type Section, table } from '../speed/report.js';
import { measureBesidePdftotext } from './beside-pdftotext.js';
import { type Effort, FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureLongPdf } from './long-pdf.js';
import { measurePipeline } from './pipeline.js';
import { measureServerMemory } from './server-memory.js';

/** What is measured, by the name that picks it on the command line. */
const QUESTIONS: Readonly<Record<string, (effort: Effort) => Promise<Section>>> = {
  pdftotext: measureBesidePdftotext,
  pipeline: measurePipeline,
  'server-memory': measureServerMemory,
  'long-pdf': measureLongPdf,
};

const QUICK = '--quick';

const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Measures the built program beside others and beside itself, all questions or those named. Run:
 * `pnpm --filter @docket/bench performance [--quick] [question...]`. Only a full run of all questions is written to `results`.
 */
async function main(flags: readonly string[]): Promise<void> {
  const asked = flags.filter((flag) => flag !== QUICK);
  const effort = flags.includes(QUICK) ? QUICK_EFFORT : FULL_EFFORT;
  const unknown = asked.filter((name) => !QUESTIONS[name]);
  if (unknown.length > 0)
    throw new Error(`no question ${unknown.join(', ')}; there are ${Object.keys(QUESTIONS).join(', ')}`);
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(QUESTIONS)) {
    if (asked.length === 0 || asked.includes(name)) sections.push(await measure(effort));
  }
  const report = writeReport(sections);
  console.log(report);
  if (flags.length > 0) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}performance.md`, report);
}

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

await main(process.argv.slice(2));
