import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pipelineOf, scanOf } from '../../packages/core/src/documents/testing/scans.js';
import { Probe } from '../performance/probe.js';
import { medianRatio } from '../performance/ratio.js';
import type { Racer } from '../race/race.js';
import { raceRounds } from '../race/race-rounds.js';
import { showProgress } from '../server/machine.js';
import { median } from '../speed/median-of.js';

const probe = fileURLToPath(new URL('./reading-probe.mjs', import.meta.url));

/** Pages that are printed clean and upright. */
const PAGES = [
  ['invoice-1p.pdf', 1],
  ['contract-3p.pdf', 1],
  ['contract-3p.pdf', 2],
  ['bank-statement.pdf', 1],
  ['paper-2col.pdf', 1],
  ['manual-40p.pdf', 3],
] as const;

/** How often each of two processes reads the pages: at the end one waits for the other. */
const READINGS = 2;

/** Sides that are measured. */
type Side = 'docket' | 'bare' | 'block';

/** Docket beside bare tesseract.js: pages of a second, and the share that Docket reaches. */
export interface SpeedRatio {
  readonly docket: number;
  readonly bare: number;
  readonly ratio: number;
}

/** Speed on clean, upright pictures. */
export interface OcrSpeed {
  /** One after the other, in one process. */
  readonly one: SpeedRatio;
  /** The same, beside tesseract.js that takes each page for one block. */
  readonly oneBlock: SpeedRatio;
  /** Two engine processes beside two bare ones. */
  readonly two: SpeedRatio;
}

/** Reads the pages, or the first of them, as PNG, sides in turn. */
export async function measureSpeed(rounds: number, pages: number = PAGES.length): Promise<OcrSpeed> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-ocr-speed-'));
  try {
    const paths = await Promise.all(PAGES.slice(0, pages).map(([name, page]) => writePage(folder, name, page)));
    return { ...(await measureOne(paths, rounds)), two: await measureTwo(paths, rounds) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function writePage(folder: string, name: string, page: number): Promise<string> {
  const { image } = await scanOf(name, { page });
  const file = join(folder, `${name}-${page}.png`);
  await writeFile(file, await (await pipelineOf(image)).toColourspace('b-w').png().toBuffer());
  return file;
}

async function measureOne(paths: readonly string[], rounds: number): Promise<Omit<OcrSpeed, 'two'>> {
  await using docket = new Probe(probe, { side: 'docket', paths });
  await using bare = new Probe(probe, { side: 'bare', paths });
  await using block = new Probe(probe, { side: 'block', paths });
  const times = await timeSides({ docket: [docket], bare: [bare], block: [block] }, rounds);
  return { one: compare(times, 'bare', paths.length), oneBlock: compare(times, 'block', paths.length) };
}

async function measureTwo(paths: readonly string[], rounds: number): Promise<SpeedRatio> {
  const each = Array.from({ length: READINGS }, () => paths).flat();
  // Each page twice in a row: the two engines end together, as the two that are given theirs do.
  const all = each.flatMap((path) => [path, path]);
  const unpinned = { isPinned: false };
  await using pool = new Probe(probe, { side: 'pool', paths: all }, [], unpinned);
  await using first = new Probe(probe, { side: 'bare', paths: each }, [], unpinned);
  await using second = new Probe(probe, { side: 'bare', paths: each }, [], unpinned);
  return compare(await timeSides({ docket: [pool], bare: [first, second] }, rounds), 'bare', all.length);
}

/** Milliseconds of each round, by side: until its last probe was done. */
type Times<Measured extends Side> = readonly Readonly<Record<Measured, number>>[];

/** A first round, in which everything is loaded, does not count. */
async function timeSides<Measured extends Side>(
  probes: Readonly<Record<Measured, readonly Probe[]>>,
  rounds: number,
): Promise<Times<Measured>> {
  const sides = Object.keys(probes) as Measured[];
  for (const side of sides) await askAll(probes[side]);
  const racerOf = (side: Measured): Racer => ({
    processIds: probes[side].map(({ processId }) => processId),
    work: () => askAll(probes[side]),
  });
  const racers = Object.fromEntries(sides.map((side) => [side, racerOf(side)])) as Record<Measured, Racer>;
  return await raceRounds(
    rounds,
    () => racers,
    (took) => showProgress(`OCR: ${JSON.stringify(took)}`),
  );
}

async function askAll(probes: readonly Probe[]): Promise<void> {
  await Promise.all(probes.map((probe) => probe.ask()));
}

function compare<Other extends Side>(times: Times<'docket' | Other>, other: Other, pages: number): SpeedRatio {
  const rate = (side: 'docket' | Other) => (1000 * pages) / median(times.map((round) => round[side]));
  const ratio = medianRatio(
    times,
    (round) => round[other],
    ({ docket }) => docket,
  );
  return { docket: rate('docket'), bare: rate(other), ratio };
}
