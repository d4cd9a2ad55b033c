import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { median } from '../speed/median-of.js';
import { table } from '../speed/report.js';
import { measureRecovery, measureStart, type Recovery } from './measure-recovery.js';

const ROUNDS = 9;
const QUICK_ROUNDS = 3;
const MOST_MS = 1000;
const results = fileURLToPath(new URL('../results/', import.meta.url));

/**
 * Times how long a pool of engine processes needs to be whole again when one is killed.
 * Run: `pnpm --filter @docket/bench isolation [--quick]`; only a whole run is written to `results`.
 */
async function main(): Promise<void> {
  const isQuick = process.argv.includes('--quick');
  const rounds = isQuick ? QUICK_ROUNDS : ROUNDS;
  const starts: number[] = [];
  for (let round = 0; round < rounds; round++) starts.push(await measureStart());
  const idle = await measureRecovery(rounds, false);
  const busy = await measureRecovery(rounds, true);
  const report = writeReport({ starts, idle, busy });
  console.log(report);
  if (isQuick) return;
  await mkdir(results, { recursive: true });
  await writeFile(`${results}isolation.md`, report);
}

interface Measurements {
  readonly starts: readonly number[];
  readonly idle: readonly Recovery[];
  readonly busy: readonly Recovery[];
}

function writeReport({ starts, idle, busy }: Measurements): string {
  const row = (name: string, recoveries: readonly Recovery[]) => {
    const whole = recoveries.map(({ wholeMs }) => wholeMs);
    return [
      name,
      `${median(whole).toFixed(0)} ms`,
      `${Math.max(...whole).toFixed(0)} ms`,
      `${median(recoveries.map(({ answeredMs }) => answeredMs)).toFixed(0)} ms`,
      median(whole) < MOST_MS ? 'pass' : '**fail**',
    ];
  };
  return [
    '# Isolation',
    '',
    `Written by \`pnpm --filter @docket/bench isolation\`, on ${availableParallelism()} processors, Node ${process.versions.node}. A pool of two engine processes,`,
    `engine \`auto\`; one of them is killed, ${idle.length} times in a row. *Whole*: from the kill until both have their engine loaded;`,
    `wanted under ${MOST_MS} ms. *Answered*: until two documents more (\`contract-3p.pdf\`) are answered.`,
    '',
    ...table(
      ['while the other one', 'whole, median', 'whole, longest', 'answered, median', ''],
      [row('has nothing to do', idle), row('always has a document', busy)],
    ),
    '',
    `A pool that was just made is whole after ${median(starts).toFixed(0)} ms (median of ${starts.length}), for then two start at once.`,
    '',
  ].join('\n');
}

await main();
