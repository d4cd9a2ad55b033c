import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { MACHINE } from '../server/machine.js';
import { measureColdStart } from './cold-start.js';
import { measureMatching } from './matching.js';
import { measurePageTree } from './page-tree.js';
import { type Section, writeReport } from './report.js';
import { measureRerun } from './rerun.js';
import { measureRuleCounts } from './scorers/document-speed.js';
import { measurePassages } from './scorers/passage-speed.js';
import { measureStartup } from './startup.js';
import { measureStaticEncoder } from './static-encoder.js';
import { measureThroughput } from './throughput.js';

/** What is measured, by the name that picks it on the command line. */
const QUESTIONS: Readonly<Record<string, () => Promise<Section>>> = {
  'page-tree': measurePageTree,
  matching: measureMatching,
  throughput: measureThroughput,
  rerun: measureRerun,
  'cold-start': measureColdStart,
  startup: measureStartup,
  'static-encoder': measureStaticEncoder,
  passages: measurePassages,
  'rule-counts': measureRuleCounts,
};

const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Measures speed, all questions or those named. Run: `pnpm --filter @docket/bench speed [question...]`, after a build, for
 * engine processes run what is built. Only a run of all questions is written to `results`.
 */
async function main(asked: readonly string[]): Promise<void> {
  const unknown = asked.filter((name) => !QUESTIONS[name]);
  if (unknown.length > 0)
    throw new Error(`no question ${unknown.join(', ')}; there are ${Object.keys(QUESTIONS).join(', ')}`);
  const sections: Section[] = [];
  for (const [name, measure] of Object.entries(QUESTIONS)) {
    if (asked.length === 0 || asked.includes(name)) sections.push(await measure());
  }
  const report = writeReport(sections, MACHINE);
  console.log(report);
  if (asked.length > 0) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}speed.md`, report);
}

await main(process.argv.slice(2));
