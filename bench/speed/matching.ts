import { classifyRecord, type Engine, loadEngine, type RuleSet, readDocument } from '@docket/core';
import { median, mediansOf, timeOf } from './median-of.js';
import { type FunctionCost, profile } from './profile.js';
import { ms, percent, type Section, table } from './report.js';
import { defaultPages, fixturePdfs, type SpeedDocument, sampledPdfs, thirtyRules } from './speed-documents.js';

/** What matching may add to the extraction of the same pages. */
const MOST_ADDED = 0.15;

/** How often all documents are scored under the profiler. */
const PROFILED_ROUNDS = 20;
const SHOWN_COSTS = 14;

/** Each step's time for one document. */
interface Steps {
  readonly extraction: number;
  readonly evidence: number;
  readonly auto: number;
  /** `auto` with decision and reasoning. */
  readonly decided: number;
}

/** How much does scoring add to reading the same pages? */
export async function measureMatching(): Promise<Section> {
  const ruleSet = await thirtyRules();
  const engines = { evidence: await loadEngine({ scorer: 'evidence' }), auto: await loadEngine({ scorer: 'auto' }) };
  const fixtures = (await fixturePdfs()).filter(hasText);
  const sample = (await sampledPdfs()).filter(hasText);
  const measured: (readonly [SpeedDocument, Steps])[] = [];
  for (const document of fixtures) measured.push([document, await medianSteps(document, engines, ruleSet)]);
  const fresh: Steps[] = [];
  for (const document of sample) fresh.push(await firstSteps(document, engines, ruleSet));
  for (const document of sample) measured.push([document, await medianSteps(document, engines, ruleSet)]);
  const all = measured.map(([, steps]) => steps);
  const share = shareOf(all, 'evidence');
  const costs = await profileScoring(engines.evidence, ruleSet, [...fixtures, ...sample]);
  return {
    title: 'What matching adds to extraction',
    lines: [
      `${engines.evidence.knowledge.types.length} document types and ${ruleSet.rules.length} rules; up to 12 pages of each PDF, none that OCR reads; medians of 11.`,
      '*extraction*: `readDocument` (with normalisation and shape). *evidence*: scoring the record it gives. *auto*: evidence and',
      'static. *decided*: `auto` with decision and reasoning. Shares are of the extraction; totals are ratios of sums.',
      '',
      ...table(HEAD, [
        ...measured.map(([document, steps]) => rowOf(document, steps)),
        totalRow(`all ${all.length}`, all),
        totalRow(`the ${fixtures.length} fixtures`, all.slice(0, fixtures.length)),
        ...(fresh.length > 0
          ? [totalRow(`the ${fresh.length} others, read and scored for the first time`, fresh)]
          : []),
      ]),
      '',
      `Median share of evidence over documents: ${percent(median(all.map((steps) => steps.evidence / steps.extraction)))}.`,
      '',
      ...costSection(costs),
    ],
    targets: [
      {
        name: 'evidence matching, of extraction',
        reached: percent(share),
        wanted: `under ${percent(MOST_ADDED)}`,
        met: share < MOST_ADDED,
      },
    ],
  };
}

/** Beside OCR everything takes little. */
function hasText({ record }: SpeedDocument): boolean {
  return record.pages.every(({ method }) => method !== 'ocr');
}

interface Engines {
  readonly evidence: Engine;
  readonly auto: Engine;
}

async function stepsOf({ source, record }: SpeedDocument, { evidence, auto }: Engines, ruleSet: RuleSet) {
  const prepared = { evidence: await evidence.prepare(ruleSet), auto: await auto.prepare(ruleSet) };
  return {
    extraction: () => readDocument(source, { selection: defaultPages }),
    evidence: () => prepared.evidence.score(record),
    auto: () => prepared.auto.score(record),
    decided: () => classifyRecord({ document: record, ruleSet, engine: auto }),
  };
}

async function medianSteps(document: SpeedDocument, engines: Engines, ruleSet: RuleSet): Promise<Steps> {
  return mediansOf(await stepsOf(document, engines, ruleSet));
}

/** Caches of words have not seen the document's yet; only the first step of each kind is a first time. */
async function firstSteps(document: SpeedDocument, engines: Engines, ruleSet: RuleSet): Promise<Steps> {
  const { extraction, evidence, auto, decided } = await stepsOf(document, engines, ruleSet);
  return {
    extraction: await timeOf(extraction),
    evidence: await timeOf(evidence),
    auto: await timeOf(auto),
    decided: await timeOf(decided),
  };
}

async function profileScoring(
  engine: Engine,
  ruleSet: RuleSet,
  documents: readonly SpeedDocument[],
): Promise<FunctionCost[]> {
  const prepared = await engine.prepare(ruleSet);
  return profile(async () => {
    for (let round = 0; round < PROFILED_ROUNDS; round++)
      for (const { record } of documents) await prepared.score(record);
  });
}

const HEAD = [
  'document',
  'pages',
  'characters',
  'extraction',
  'evidence',
  'share',
  'auto',
  'share',
  'decided',
  'share',
];

function rowOf({ name, record: { pages } }: SpeedDocument, steps: Steps): string[] {
  const characters = pages.reduce((sum, page) => sum + page.text.length, 0);
  return [name, String(pages.length), String(characters), ...stepCells([steps])];
}

function totalRow(name: string, steps: readonly Steps[]): string[] {
  return [`**${name}**`, '', '', ...stepCells(steps)];
}

function stepCells(steps: readonly Steps[]): string[] {
  const cell = (step: keyof Steps) => [ms(sumOf(steps, step)), percent(shareOf(steps, step))];
  return [ms(sumOf(steps, 'extraction')), ...cell('evidence'), ...cell('auto'), ...cell('decided')];
}

function sumOf(steps: readonly Steps[], step: keyof Steps): number {
  return steps.reduce((sum, one) => sum + one[step], 0);
}

function shareOf(steps: readonly Steps[], step: keyof Steps): number {
  return sumOf(steps, step) / sumOf(steps, 'extraction');
}

function costSection(costs: readonly FunctionCost[]): string[] {
  const all = costs.reduce((sum, cost) => sum + cost.selfMs, 0);
  const row = ({ name, file, selfMs, totalMs }: FunctionCost) => {
    return [`\`${name}\``, file, percent(selfMs / all), percent(totalMs / all)];
  };
  const rows = (some: readonly FunctionCost[]) => some.slice(0, SHOWN_COSTS).map(row);
  const ours = costs.filter(({ file }) => /^(?:scoring|knowledge|pages|rules)\//.test(file));
  const byTotal = ours.sort((one, other) => other.totalMs - one.totalMs);
  const head = ['function', 'file', 'self', 'with callees'];
  return [
    'Where the time of evidence scoring goes (sampling profile), by self time:',
    '',
    ...table(head, rows(costs)),
    '',
    'The same with callees, functions of the engine:',
    '',
    ...table(head, rows(byTotal)),
  ];
}
