import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type MemoryRun, measureMemory } from './measure-memory.js';
import { plot } from './plot.js';
import { writeMemoryReport } from './report.js';

const DOCUMENTS = 2000;
const QUICK_DOCUMENTS = 200;
const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Classifies 2,000 documents in one process with each kind of model and plots its resident memory.
 * Run: `pnpm --filter @docket/bench memory [--quick]`; only a whole run is written to `results`.
 */
async function main(): Promise<void> {
  const isQuick = process.argv.includes('--quick');
  const runs: MemoryRun[] = [];
  for (const scorer of ['auto', 'embedding', 'zero-shot'] as const) {
    runs.push(await measureMemory(scorer, isQuick ? QUICK_DOCUMENTS : DOCUMENTS));
    console.error(`${scorer}: done`);
  }
  const report = writeMemoryReport(runs);
  console.log(report);
  if (isQuick) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}memory.md`, report);
  await writeFile(`${results}memory.svg`, plot(runs));
}

await main();
