import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plotSoak } from './plot.js';
import { writeSoakReport } from './report.js';
import { runSoak } from './soak.js';

const DOCUMENTS = 5000;
const QUICK_DOCUMENTS = 300;
const EVERY = 25;
const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Sends 5,000 documents through a server and plots what it holds on to. Linux only.
 * Run: `pnpm --filter @docket/bench soak [--quick]`; only a whole run is written to `results`.
 */
async function main(): Promise<void> {
  const isQuick = process.argv.includes('--quick');
  const run = await runSoak({ documents: isQuick ? QUICK_DOCUMENTS : DOCUMENTS, every: EVERY });
  const report = writeSoakReport(run);
  console.log(report);
  for (const line of run.wrong) console.error(line);
  if (isQuick) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}soak.md`, report);
  await writeFile(`${results}soak.svg`, plotSoak(run.samples));
}

await main();
