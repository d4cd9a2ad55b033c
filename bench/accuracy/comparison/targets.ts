import type { Target } from '../../speed/report.js';
import { DOCUMENTS, findMeasurement, type Measurement } from './measurement.js';
import type { Summary } from './outcome.js';

/** How much worse than `evidence` the fused scorer may be: this share, or {@link ALLOWED_DOCUMENTS} if they are more. */
const ALLOWED_SHARE = 0.01;
const ALLOWED_DOCUMENTS = 2;

/** The accuracy of the fused scorer and of `evidence` on a set. */
export interface Difference {
  readonly set: string;
  readonly knowledge: boolean;
  readonly fused: number;
  readonly evidence: number;
  readonly isMuchWorse: boolean;
}

/** What is to be reached, and whether it was. */
export function compareWithTargets(measured: readonly Measurement[]): Target[] {
  const differences = [true, false].flatMap((knowledge) => differencesOf(measured, knowledge));
  return [
    ...atLeast('static alone, documents', lowest(measured, 'static', DOCUMENTS, [true, false]), 0.66),
    ...atLeast('fused, documents, knowledge off', lowest(measured, 'auto', DOCUMENTS, [false]), 0.78),
    ...atLeast('static alone, AG News, plain', lowest(measured, 'static', 'ag_news.plain', [true, false]), 0.76),
    ...(differences.length > 0 ? [nowhereMuchWorse(differences), ...betterWithoutKnowledge(differences)] : []),
  ];
}

/** The fused scorer against `evidence` on every set that has labels. */
export function differencesOf(measured: readonly Measurement[], knowledge: boolean): Difference[] {
  const fused = findMeasurement(measured, 'auto', knowledge);
  const evidence = findMeasurement(measured, 'evidence', knowledge);
  return [...(fused?.sets ?? [])].flatMap(([set, one]) => {
    const other = evidence?.sets.get(set);
    if (!other || one.labelled === 0) return [];
    const difference = { set, knowledge, fused: one.accuracy, evidence: other.accuracy };
    return [{ ...difference, isMuchWorse: other.accuracy - one.accuracy > allowedLoss(one) }];
  });
}

function allowedLoss({ labelled }: Summary): number {
  // A thousandth of a document keeps sums of fractions from deciding.
  return (Math.max(ALLOWED_SHARE * labelled, ALLOWED_DOCUMENTS) + 0.001) / labelled;
}

function lowest(measured: readonly Measurement[], scorer: string, set: string, knowledge: readonly boolean[]) {
  const accuracies = knowledge.map((one) => findMeasurement(measured, scorer, one)?.sets.get(set)?.accuracy);
  return accuracies.every((one) => one !== undefined) ? Math.min(...accuracies) : undefined;
}

function atLeast(name: string, reached: number | undefined, wanted: number): Target[] {
  if (reached === undefined) return [];
  return [{ name, reached: reached.toFixed(3), wanted: `at least ${wanted.toFixed(2)}`, met: reached >= wanted }];
}

function nowhereMuchWorse(differences: readonly Difference[]): Target {
  const worse = differences.filter(({ isMuchWorse }) => isMuchWorse);
  const shown = worse.map(
    ({ set, knowledge, fused, evidence }) =>
      `${set}, knowledge ${knowledge ? 'on' : 'off'}: ${(fused - evidence).toFixed(3)}`,
  );
  return {
    name: 'fused is on no set worse than evidence',
    reached: shown.length > 0 ? shown.join('; ') : `on none of ${differences.length}`,
    wanted: 'by .01 or two documents at most',
    met: worse.length === 0,
  };
}

/** Text sets are about matters that the knowledge, which is of documents, does not cover. */
function betterWithoutKnowledge(differences: readonly Difference[]): Target[] {
  const documents = differences.filter(({ set, knowledge }) => set === DOCUMENTS && !knowledge);
  const texts = [true, false].map((on) => differences.filter((one) => one.set !== DOCUMENTS && one.knowledge === on));
  const named = [
    ['documents, knowledge off', documents],
    ['mean of the text sets, knowledge on', texts[0] ?? []],
    ['mean of the text sets, knowledge off', texts[1] ?? []],
  ] as const;
  return named.flatMap(([name, of]) => {
    if (of.length === 0) return [];
    const [fused, evidence] = [mean(of.map((one) => one.fused)), mean(of.map((one) => one.evidence))];
    const target = { name: `fused is better than evidence: ${name}`, reached: fused.toFixed(3) };
    return [{ ...target, wanted: `more than ${evidence.toFixed(3)}`, met: fused > evidence }];
  });
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
