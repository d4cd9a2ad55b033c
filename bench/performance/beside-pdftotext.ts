import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readDocument } from '@docket/core';
import type { Racer } from '../race/race.js';
import { raceRounds } from '../race/race-rounds.js';
import { docketProgram, plainEnvironment } from '../server/docket-process.js';
import { showProgress } from '../server/machine.js';
import { median } from '../speed/median-of.js';
import { type Section, type Target, table } from '../speed/report.js';
import { thirtyRules } from '../speed/speed-documents.js';
import { textPdfs } from './documents.js';
import type { Effort } from './effort.js';
import { medianRatio } from './ratio.js';

const execute = promisify(execFile);

/** The least speed of each reader, of that of pdftotext. */
const LEAST = { pdfjs: 0.35, pdfium: 1 } as const;

type Reader = keyof typeof LEAST;

const READERS = ['pdfjs', 'pdfium'] as const satisfies readonly Reader[];

/** Pages and characters may differ by so much. */
const MOST_DIFFERENCE = 0.02;

/** What a side reads. */
interface Amount {
  readonly pages: number;
  /** Without white space: how lines and columns are parted is a matter of taste. */
  readonly characters: number;
}

/** How fast does the command classify PDFs, beside the fastest program that takes their text out? */
export async function measureBesidePdftotext({ rounds, stride }: Effort): Promise<Section> {
  const title = '`docket classify` beside `pdftotext`';
  const version = await pdftotextVersion();
  if (version === undefined)
    return { title, lines: ['Not measured: there is no `pdftotext` (poppler-utils).'], targets: [] };
  const { paths: all, what } = await textPdfs();
  const paths = all.filter((_, index) => index % stride === 0);
  const { rules } = await thirtyRules();
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-pdftotext-'));
  try {
    const rulesFile = join(folder, 'rules.json');
    await writeFile(rulesFile, JSON.stringify(rules));
    const run = { folder, paths, rulesFile };
    const amounts = {
      pdftotext: await amountOfPdftotext(run),
      pdfjs: await amountOfDocket(paths, 'pdfjs'),
      pdfium: await amountOfDocket(paths, 'pdfium'),
    };
    for (const name of READERS) assertAlike(amounts.pdftotext, amounts[name], name);
    const names = ['pdftotext', ...READERS] as const;
    const measured = await raceRounds(
      rounds,
      () => ({ pdftotext: pdftotextOf(run), pdfjs: docketOf(run, 'pdfjs'), pdfium: docketOf(run, 'pdfium') }),
      (took) => showProgress(`beside pdftotext, ms: ${JSON.stringify(took)}`),
    );
    const ratioOf = (name: Reader) =>
      medianRatio(
        measured,
        (round) => round.pdftotext,
        (round) => round[name],
      );
    const seconds = (name: (typeof names)[number]) => (median(measured.map((round) => round[name])) / 1000).toFixed(2);
    return {
      title,
      lines: [
        `${what}${stride > 1 ? `, every ${stride}th of them` : ''}, all pages, ${rules.length} rules, engine \`auto\`, JSON lines to a file; whole`,
        `processes, start included. \`pdftotext\` ${version} takes one file after the other, as the command of a shell loop. The sides run`,
        `in turn for half a second, in which the others are stopped; medians of ${rounds}. The ratio is that of speeds, round by round.`,
        '',
        ...table(
          ['side', 'pages', 'characters without white space', 'seconds', 'speed, of pdftotext'],
          [
            ['pdftotext', ...amountCells(amounts.pdftotext), seconds('pdftotext'), '1'],
            ...READERS.map((name) => [
              `docket, ${name}`,
              ...amountCells(amounts[name]),
              seconds(name),
              ratioOf(name).toFixed(3),
            ]),
          ],
        ),
      ],
      targets: READERS.map((name) => targetOf(name, ratioOf(name))),
    };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function targetOf(name: Reader, ratio: number): Target {
  return {
    name: `speed of \`docket classify\` with ${name}, of \`pdftotext\``,
    reached: ratio.toFixed(3),
    wanted: `at least ${LEAST[name]}`,
    met: ratio >= LEAST[name],
  };
}

interface Run {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly rulesFile: string;
}

async function pdftotextVersion(): Promise<string | undefined> {
  try {
    const { stderr } = await execute('pdftotext', ['-v']);
    return /version (\S+)/.exec(stderr)?.[1] ?? 'of unknown version';
  } catch {
    return undefined;
  }
}

/** A whole process of its own, and all that it starts. */
class WholeProcess implements Racer {
  private child: ChildProcess | undefined;

  /** @param start begins it @param check looks at what it left */
  constructor(
    private readonly start: () => ChildProcess,
    private readonly check: () => Promise<void> = async () => {},
  ) {}

  get processIds(): readonly number[] {
    return this.child?.pid === undefined ? [] : [this.child.pid];
  }

  async work(): Promise<void> {
    this.child = this.start();
    await once(this.child, 'exit');
    await this.check();
  }
}

function pdftotextOf({ folder, paths }: Run): WholeProcess {
  const script = 'for file in "$@"; do pdftotext "$file" -; done >"$0"';
  return new WholeProcess(() =>
    spawn('sh', ['-c', script, join(folder, 'pdftotext.txt'), ...paths], { stdio: 'ignore' }),
  );
}

function docketOf({ folder, paths, rulesFile }: Run, reader: Reader): WholeProcess {
  const output = join(folder, `${reader}.jsonl`);
  const flags = ['--rules', rulesFile, '--output', output, '--pdf-reader', reader];
  const env = { ...plainEnvironment(), DOCKET_HOME: join(folder, 'home'), DOCKET_PAGES_DEFAULT_MAX: '0' };
  // What an earlier round left would pass for an answer.
  rmSync(output, { force: true });
  const start = () =>
    spawn(process.execPath, [docketProgram, 'classify', ...paths, ...flags], { env, stdio: 'ignore' });
  return new WholeProcess(start, async () => {
    const answered = (await readFile(output, 'utf8')).trim().split('\n').length;
    if (answered !== paths.length) throw new Error(`${answered} of ${paths.length} documents were answered`);
  });
}

async function amountOfPdftotext(run: Run): Promise<Amount> {
  await pdftotextOf(run).work();
  const text = await readFile(join(run.folder, 'pdftotext.txt'), 'utf8');
  return { pages: text.split('\f').length - 1, characters: countCharacters(text) };
}

async function amountOfDocket(paths: readonly string[], pdfReader: Reader): Promise<Amount> {
  let [pages, characters] = [0, 0];
  for (const path of paths) {
    const record = await readDocument(path, { pdfReader });
    pages += record.pages.length;
    for (const { text } of record.pages) characters += countCharacters(text);
  }
  return { pages, characters };
}

function countCharacters(text: string): number {
  return text.replace(/\s+/g, '').length;
}

/** Sides that read something else would compare nothing. */
function assertAlike(one: Amount, other: Amount, reader: Reader): void {
  for (const what of ['pages', 'characters'] as const) {
    if (Math.abs(one[what] / other[what] - 1) <= MOST_DIFFERENCE) continue;
    throw new Error(`pdftotext reads ${one[what]} ${what} and ${reader} ${other[what]}: that is no comparison`);
  }
}

function amountCells({ pages, characters }: Amount): string[] {
  return [String(pages), String(characters)];
}
