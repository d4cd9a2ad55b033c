import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Section } from '../speed/report.js';
import { type Effort, FULL_EFFORT, QUICK_EFFORT } from './effort.js';
import { measureFullQueue } from './full-queue.js';
import { MACHINE } from './machine.js';
import { writeReport } from './report.js';
import { measureThroughput } from './throughput.js';
import { measureTurnaround } from './turnaround.js';
import { measureUploads } from './uploads.js';

/** What is measured, by the name that picks it on the command line. */
const QUESTIONS: Readonly<Record<string, (effort: Effort) => Promise<Section>>> = {
  throughput: measureThroughput,
  'full-queue': measureFullQueue,
  turnaround: measureTurnaround,
  uploads: measureUploads,
};

const QUICK = '--quick';

const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Measures the built server, all questions or those named. Run: `pnpm --filter @docket/bench run server [--quick] [question...]`.
 * Only a full run of all questions is written to `results`.
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
  const report = writeReport(sections, MACHINE);
  console.log(report);
  if (flags.length > 0) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}server.md`, report);
}

await main(process.argv.slice(2));
