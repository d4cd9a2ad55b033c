import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { compiledKnowledgeFile } from '@docket/models';
import { DEFAULT_MAX_PAGES } from '../../packages/core/src/documents/limits.js';
import { loadKnowledge } from '../../packages/core/src/knowledge/load-knowledge.js';
import { evalSetExists, loadEvalSet } from '../accuracy/eval-set.js';
import { crossValidateRendered, type HeldOutAnswer, type HeldOutAnswers } from './cross-validate-rendered.js';
import { heldOutLoss, lossOf, noDiscount, power, rule, shift } from './discounts.js';
import { loadRendered } from './rendered-set.js';

const RANGES = [
  ['under 60', 0, 0.6],
  ['60 to 80', 0.6, 0.8],
  ['80 to 90', 0.8, 0.9],
  ['90 and more', 0.9, 1.01],
] as const;
const CONFIDENT = 0.9;
const EXPONENTS = Array.from({ length: 31 }, (_, index) => index / 10);
const SHIFTS = Array.from({ length: 25 }, (_, index) => index / 4);

/**
 * Measures classification and calibration on what OCR read of rendered documents, held out by source.
 * Run: `pnpm --filter @docket/bench ocr:calibration FOLDER`, with a folder that `ocr:rendered` filled.
 */
async function main(folder = ''): Promise<void> {
  if (!evalSetExists()) return console.log('skipped: the labelled documents (../shared/eval) are not here');
  if (folder === '') return console.log('name the folder that ocr:rendered filled');
  const { documents, ruleSet } = await loadEvalSet(DEFAULT_MAX_PAGES);
  const knowledge = await loadKnowledge({ compiledFile: compiledKnowledgeFile });
  const rendered = await loadRendered(folder, documents);
  const report = writeReport(await crossValidateRendered({ documents, rendered, ruleSet, knowledge }));
  await writeFile(fileURLToPath(new URL('../results/ocr-rendered.md', import.meta.url)), report);
  console.log(report);
}

function writeReport({ mended, unmended }: HeldOutAnswers): string {
  const scans = mended.filter(({ kind }) => kind !== 'text');
  const plain = unmended.filter(({ kind }) => kind !== 'text');
  const kinds = [...new Set(mended.map(({ kind }) => kind))];
  const texts = new Map(of(mended, 'text').map((answer) => [answer.path, answer]));
  const asTexts = (answers: readonly HeldOutAnswer[]) => answers.flatMap(({ path }) => texts.get(path) ?? []);
  const fixed = (value: number) => value.toFixed(3).replace(/^0/, '');
  return [
    '# Rendered documents, read by OCR',
    '',
    `${new Set(scans.map(({ path }) => path)).size} labelled PDFs with text, rendered, damaged in ${kinds.length - 1} ways (\`bench/ocr/degrade.ts\`) and read by OCR: ${scans.length} cases. Engines are fitted on texts of other sources. Made by \`pnpm --filter @docket/bench ocr:rendered FOLDER\` and \`ocr:calibration FOLDER\`.`,
    '',
    '| kind | cases | best label right | of the same documents as text | answered right | best label right, without mending | log loss | without mending |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    ...[
      ...kinds.map((kind) => [kind, of(mended, kind), of(unmended, kind)] as const),
      ['all scans', scans, plain] as const,
    ].map(
      ([name, one, other]) =>
        `| ${name} | ${one.length} | ${best(one)} | ${best(asTexts(one))} | ${answered(one)} | ${best(other)} | ${fixed(lossOf(one, noDiscount))} | ${fixed(lossOf(other, noDiscount))} |`,
    ),
    '',
    '| confidence of OCR | cases | best label right | mean confidence | after the discount | wrong from .9 on | after the discount |',
    '| --- | --- | --- | --- | --- | --- | --- |',
    ...RANGES.map(([name, from, to]) => {
      const some = scans.filter(({ certainty }) => certainty >= from && certainty < to);
      return `| ${name} | ${some.length} | ${fixed(shareRight(some))} | ${fixed(mean(some.map(noDiscount)))} | ${fixed(mean(some.map(rule)))} | ${wrong(some, noDiscount)} | ${wrong(some, rule)} |`;
    }),
    '',
    '| what is taken off a confidence above the floor | log loss, held out |',
    '| --- | --- |',
    `| nothing | ${fixed(lossOf(scans, noDiscount))} |`,
    `| the rule, \`x certainty\` | ${fixed(lossOf(scans, rule))} |`,
    `| \`x certainty ^ k\`, k fitted | ${fixed(heldOutLoss(scans, power, EXPONENTS))} |`,
    `| log-odds less \`b x (1 - certainty)\`, b fitted | ${fixed(heldOutLoss(scans, shift, SHIFTS))} |`,
    '',
  ].join('\n');
}

function of(answers: readonly HeldOutAnswer[], kind: string): readonly HeldOutAnswer[] {
  return answers.filter((answer) => answer.kind === kind);
}

function typed(answers: readonly HeldOutAnswer[]): readonly HeldOutAnswer[] {
  return answers.filter(({ expected }) => expected !== null);
}

function best(answers: readonly HeldOutAnswer[]): string {
  const some = typed(answers);
  return `${some.filter(({ first, expected }) => first === expected).length} of ${some.length}`;
}

function answered(answers: readonly HeldOutAnswer[]): string {
  return `${answers.filter((one) => one.answered === one.expected).length} of ${answers.length}`;
}

function shareRight(answers: readonly HeldOutAnswer[]): number {
  return mean(answers.map(({ first, expected }) => (first === expected ? 1 : 0)));
}

function wrong(answers: readonly HeldOutAnswer[], discount: typeof rule): number {
  return answers.filter((one) => one.answered !== null && one.answered !== one.expected && discount(one) >= CONFIDENT)
    .length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

await main(...process.argv.slice(2));
