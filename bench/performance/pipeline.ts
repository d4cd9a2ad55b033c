import { fileURLToPath } from 'node:url';
import { type Rule, readDocument, toDocketError } from '@docket/core';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import type { Racer } from '../race/race.js';
import { raceRounds } from '../race/race-rounds.js';
import { showProgress } from '../server/machine.js';
import { median } from '../speed/median-of.js';
import { type Section, type Target, table } from '../speed/report.js';
import { defaultPages, thirtyRules } from '../speed/speed-documents.js';
import { textPdfs } from './documents.js';
import type { Effort } from './effort.js';
import { PINNING, Probe } from './probe.js';
import { medianRatio } from './ratio.js';

const probeFile = fileURLToPath(new URL('./pipeline-probe.mjs', import.meta.url));

const FEW_RULES = 3;

/** What classifying may take of the extraction, by scorer. */
const MOST = { evidence: 1.15, static: 1.25, auto: 1.25 } as const;

/** What 30 rules may take of 3. */
const MOST_RULES = 1.1;

const SIDES = ['bare', 'restored', 'evidence', 'static', 'auto', 'few', 'evidence, pdfjs', 'static, pdfjs'] as const;

type Side = (typeof SIDES)[number];

/** Milliseconds of a pass over all documents. */
type Rounds = readonly Readonly<Record<Side, number>>[];

/** What does classifying take beside bare text extraction, and what do rules cost? */
export async function measurePipeline({ rounds, stride }: Effort): Promise<Section> {
  const { paths: all, what } = await textPdfs();
  const readable = await withText(all.filter((_, index) => index % stride === 0));
  const { rules } = await thirtyRules();
  const { measured, pages } = await measureSides(readable, rules, rounds);
  const ratio = (one: Side, other: Side) =>
    medianRatio(
      measured,
      (round) => round[one],
      (round) => round[other],
    );
  const row = (name: string, side: Side) => {
    const took = median(measured.map((round) => round[side]));
    return [
      name,
      took.toFixed(0),
      (took / pages).toFixed(2),
      ratio(side, 'bare').toFixed(3),
      ratio(side, 'restored').toFixed(3),
    ];
  };
  return {
    title: 'Classifying beside bare text extraction',
    lines: [
      `${readable.length} documents: ${what}${stride > 1 ? `, every ${stride}th of them` : ''}, those with text on their first`,
      `${DEFAULT_MAX_PAGES} pages; up to ${DEFAULT_MAX_PAGES} pages of each, ${pages} in all, from memory. A process for each side, ${PINNING}; one pass`,
      `to warm up, then in turn for half a second each, while the others are stopped; medians of ${rounds}. Ratios are those of the single rounds. *pdf.js*: \`getDocument\` and \`getTextContent\``,
      "of each page. *pdf.js, built-ins restored*: the same after Docket's way of loading it, which takes back what the polyfills of its",
      'legacy build make slow for the whole process. Both have the patch of pdf.js that Docket reads with (`patches`).',
      '',
      ...table(
        ['side', 'ms', 'ms a page', 'of pdf.js', 'of pdf.js, built-ins restored'],
        [
          row('pdf.js', 'bare'),
          row('pdf.js, built-ins restored', 'restored'),
          row(`classifyDocument, ${rules.length} rules, \`evidence\``, 'evidence'),
          row(`the same, \`static\``, 'static'),
          row('the same, `auto` (the default: both)', 'auto'),
          row(`the same, \`auto\`, ${FEW_RULES} rules`, 'few'),
          row(`\`evidence\`, ${rules.length} rules, read with pdf.js`, 'evidence, pdfjs'),
          row('`static`, the same', 'static, pdfjs'),
        ],
      ),
    ],
    targets: [
      ...(['evidence', 'static', 'auto'] as const).map((side) =>
        target(timeOf(rules.length, side), ratio(side, 'bare'), MOST[side]),
      ),
      ...(['evidence', 'static'] as const).map((side) =>
        target(`${timeOf(rules.length, side)}, reading with it too`, ratio(`${side}, pdfjs`, 'bare'), MOST[side]),
      ),
      target(`time with ${rules.length} rules, of that with ${FEW_RULES}`, ratio('auto', 'few'), MOST_RULES),
    ],
  };
}

function timeOf(rules: number, scorer: string): string {
  return `time of \`classifyDocument\`, ${rules} rules, \`${scorer}\`, of pdf.js`;
}

function target(name: string, ratio: number, most: number): Target {
  return { name, reached: ratio.toFixed(3), wanted: `at most ${most}`, met: ratio <= most };
}

async function measureSides(
  paths: readonly string[],
  rules: readonly Rule[],
  rounds: number,
): Promise<{ readonly measured: Rounds; readonly pages: number }> {
  const optionsOf = (side: Side) => {
    if (side === 'bare' || side === 'restored') return { side };
    if (side === 'few') return { side: 'classify', scorer: 'auto', rules: rules.slice(0, FEW_RULES) };
    const [scorer, pdfReader] = side.split(', ');
    return { side: 'classify', scorer, pdfReader, rules };
  };
  const probes: Probe[] = [];
  const racers = new Map<Side, Racer>();
  const pages = new Map<Side, number>();
  try {
    for (const side of SIDES) {
      const probe = new Probe(probeFile, { paths, maxPages: DEFAULT_MAX_PAGES, ...optionsOf(side) });
      probes.push(probe);
      const ask = () => probe.ask<{ readonly pages: number }>();
      racers.set(side, { processIds: [probe.processId], work: ask });
      pages.set(side, (await ask()).pages);
    }
    assertSamePages(pages);
    const measured = await raceRounds(
      rounds,
      () => Object.fromEntries(racers) as Record<Side, Racer>,
      (took) => showProgress(`pipeline, ms: ${JSON.stringify(took)}`),
    );
    return { measured, pages: pages.get('bare') ?? 0 };
  } finally {
    for (const probe of probes) await probe[Symbol.asyncDispose]();
  }
}

function assertSamePages(pages: ReadonlyMap<Side, number>): void {
  const bare = pages.get('bare');
  for (const [side, count] of pages) {
    if (count !== bare) throw new Error(`bare pdf.js reads ${bare} pages and ${side} ${count}`);
  }
}

/** A document without text is refused before it is scored. */
async function withText(paths: readonly string[]): Promise<string[]> {
  const kept: string[] = [];
  for (const path of paths) {
    try {
      await readDocument(path, { selection: defaultPages });
      kept.push(path);
    } catch (error) {
      if (!toDocketError(error).code.startsWith('document.')) throw error;
    }
  }
  return kept;
}
