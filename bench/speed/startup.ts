import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DEFAULT_LIMITS, EnginePool, type Rule } from '@docket/core';
import { median, mediansOf } from './median-of.js';
import { ms, type Section, table } from './report.js';
import { fixtureFolder, thirtyRules } from './speed-documents.js';

const run = promisify(execFile);
const probe = fileURLToPath(new URL('./startup-probe.mjs', import.meta.url));
const document = join(fixtureFolder, 'invoice-1p.pdf');

/** Names of steps and what each took. */
type Steps = readonly (readonly [name: string, took: number])[];

/** How long does it take from nothing to the first classification, and what is that made of? */
export async function measureStartup(): Promise<Section> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-speed-'));
  const rulesFile = join(folder, 'rules.json');
  const { rules } = await thirtyRules();
  try {
    await writeFile(rulesFile, JSON.stringify(rules));
    const whole: Steps[] = [];
    const steps: Steps[] = [];
    const times = await mediansOf({
      '`node -e 0`': () => run(process.execPath, ['-e', '0']),
      'node to first classification, all in one': async () => void whole.push(await start('whole', rulesFile)),
      'the same step by step, and a second time': async () => void steps.push(await start('steps', rulesFile)),
      'engine pool, first document of a process': () => firstOfPool(rules),
    });
    return {
      title: 'Start-up',
      lines: [
        `A one-page PDF, ${rules.length} rules, engine \`auto\`, built JavaScript; processes of their own, medians of 11. The modules of`,
        '`dist`, not the bundles that `docket classify` and engine processes start from.',
        '',
        ...table(
          ['from start to end of the process', 'time'],
          Object.entries(times).map(([name, took]) => [name, ms(took)]),
        ),
        '',
        'All in one:',
        '',
        ...stepTable(whole),
        '',
        'Step by step (what one step loads, later ones need not):',
        '',
        ...stepTable(steps),
      ],
      targets: [],
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function start(mode: 'whole' | 'steps', rulesFile: string): Promise<Steps> {
  const { stdout } = await run(process.execPath, [probe, mode, document, rulesFile]);
  return JSON.parse(stdout);
}

async function firstOfPool(rules: readonly Rule[]): Promise<void> {
  const pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
  await pool.classify({ document, rules, parsing: { targetPages: '1' } }).finally(() => pool.close());
}

function stepTable(starts: readonly Steps[]): string[] {
  const names = starts[0]?.map(([name]) => name) ?? [];
  const medians = names.map((_, index) => median(starts.map((steps) => steps[index]?.[1] ?? 0)));
  return table(
    ['step', 'time'],
    names.map((name, index) => [name, ms(medians[index] ?? 0)]),
  );
}
