import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './median-of.js';
import { ms, type Section, table } from './report.js';
import { fixtureFolder } from './speed-documents.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const ROUNDS = 15;
const WARM_UPS = 3;

/** The time to the first result may be so many times that of a Node that does nothing. */
const MOST = 9;

const classify = (document: string) => [
  'packages/cli/bin/docket.js',
  'classify',
  `${fixtureFolder}/${document}`,
  ...['--rules', 'test/fixtures/rules.yaml', '--format', 'jsonl'],
];
const COMMANDS = {
  'node -e 0': ['-e', '0'],
  'a PDF of one page': classify('invoice-1p.pdf'),
  'a text file': classify('minutes.txt'),
} as const;
type CommandName = keyof typeof COMMANDS;

/** What one run took from the start of the process, in milliseconds. */
interface Run {
  /** Until something was printed; without output, until the end. */
  readonly firstOutput: number;
  readonly end: number;
}

/** How long does `docket classify` take to its first result, in a process of its own, beside a Node that does nothing? */
export async function measureColdStart(): Promise<Section> {
  const rounds: Record<CommandName, Run>[] = [];
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    const measured = await runAll(round % 2 === 0);
    if (round >= 0) rounds.push(measured);
  }
  const ratioOf = (name: CommandName) =>
    median(rounds.map((round) => round[name].firstOutput / round['node -e 0'].end));
  const names = Object.keys(COMMANDS) as CommandName[];
  return {
    title: 'From nothing to the first result',
    lines: [
      '`docket classify` of one small file by the 14 rules of the fixtures, `--format jsonl`, files in the cache of the system:',
      `until the line of the result is there, and until the process has ended. In turn, medians of ${ROUNDS}; the ratio is the median of`,
      'those of the single rounds.',
      '',
      ...table(
        ['', 'first result', 'end', 'first result, of `node -e 0`'],
        names.map((name) => [
          name === 'node -e 0' ? `\`${name}\`` : name,
          name === 'node -e 0' ? '' : ms(median(rounds.map((round) => round[name].firstOutput))),
          ms(median(rounds.map((round) => round[name].end))),
          name === 'node -e 0' ? '' : `${ratioOf(name).toFixed(1)} x`,
        ]),
      ),
    ],
    targets: names
      .filter((name) => name !== 'node -e 0')
      .map((name) => ({
        name: `\`docket classify\` to the first result, cold, of \`node -e 0\`: ${name}`,
        reached: `${ratioOf(name).toFixed(1)} x`,
        wanted: `at most ${MOST} x`,
        met: ratioOf(name) <= MOST,
      })),
  };
}

async function runAll(forwards: boolean): Promise<Record<CommandName, Run>> {
  const names = Object.keys(COMMANDS) as CommandName[];
  const runs: Partial<Record<CommandName, Run>> = {};
  for (const name of forwards ? names : names.toReversed()) runs[name] = await runOnce(COMMANDS[name]);
  return runs as Record<CommandName, Run>;
}

function runOnce(argv: readonly string[]): Promise<Run> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let firstOutput: number | undefined;
    const child = spawn(process.execPath, argv, { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.once('data', () => {
      firstOutput = performance.now() - started;
    });
    child.stdout.resume();
    child.on('error', reject);
    child.on('close', (exitCode) => {
      const end = performance.now() - started;
      if (exitCode === 0) resolve({ firstOutput: firstOutput ?? end, end });
      else reject(new Error(`node ${argv.join(' ')} ended with status ${exitCode}`));
    });
  });
}
