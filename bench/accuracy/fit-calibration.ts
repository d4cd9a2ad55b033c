import type { EngineCalibration } from '../../packages/core/src/decision/calibration.js';
import { NUMERIC_FEATURES } from '../../packages/core/src/knowledge/document-type.js';
import { documentFacts } from '../../packages/core/src/scoring/evidence/document-facts.js';
import type { LayoutQuantiles } from '../../packages/core/src/scoring/evidence/layout-statistics.js';
import type { EvalDocument } from './eval-set.js';
import { fitLogistic, logLoss, type Observation } from './fit-logistic.js';
import type { RuleSubset, Scoreboard } from './score-documents.js';

const QUANTILES = 21;
const SUBSET_SIZES = [1, 2, 3, 5, 10];
const SUBSETS_PER_SIZE = 12;
const SEMANTIC_WEIGHTS = Array.from({ length: 17 }, (_, index) => index / 2);
const BEHIND = Array.from({ length: 21 }, (_, index) => index / 2);
const FLOORS = Array.from({ length: 17 }, (_, index) => 0.1 + index * 0.025);
/** Values closer than this to the best are as good. */
const PLATEAU = 0.01;
const MARGINS = [0, 0.02, 0.05];

/** How layout features are spread over documents; labels play no part. */
export function fitLayout(documents: readonly EvalDocument[]): LayoutQuantiles {
  const facts = documents.map((document) => documentFacts(document.record));
  const numbers = Object.fromEntries(
    NUMERIC_FEATURES.map((feature) => {
      const values = facts.map((one) => one.numbers[feature]).sort((one, other) => one - other);
      const at = (index: number) => values[Math.round((index / (QUANTILES - 1)) * (values.length - 1))] ?? 0;
      return [feature, Array.from({ length: QUANTILES }, (_, index) => round(at(index), 4))];
    }),
  );
  const shares: Record<string, number> = {};
  for (const { format, orientation } of facts) {
    for (const key of [format, ...(orientation ? [orientation] : [])])
      shares[key] = (shares[key] ?? 0) + 1 / facts.length;
  }
  return { numbers, shares: Object.fromEntries(Object.entries(shares).map(([key, share]) => [key, round(share, 4)])) };
}

/**
 * Fits fusion weights, confidence, floor and margin. Half of the weight lies on the whole rule set, half on random small
 * subsets, for which most documents are none of the rules.
 */
export function fitEngine(board: Scoreboard, ruleCount: number): EngineCalibration {
  const all = { rules: Array.from({ length: ruleCount }, (_, index) => index) };
  const subsets = randomSubsets(ruleCount).map((rules) => ({ rules }));
  const fusion = fitFusion(board, all);
  const observed = board.documents.flatMap((document) => [
    board.observe(document, all, fusion, 1),
    ...subsets.map((subset) => board.observe(document, subset, fusion, 1 / subsets.length)),
  ]);
  const confidence = fitConfidence(
    observed.flatMap(([best]) => best ?? []),
    observed.flatMap(([, ...others]) => others),
  );
  return fitThresholds(board, [all, ...subsets], { fusion, confidence, floor: 0, margin: 0 });
}

/** The best label's coefficients come from best labels alone; how much being behind costs, from those that are. */
function fitConfidence(best: readonly Observation[], others: readonly Observation[]): EngineCalibration['confidence'] {
  const { bias, coefficients } = fitLogistic(best.map((one) => ({ ...one, features: one.features.slice(0, 2) })));
  const fits = BEHIND.map((behind) => ({ bias, coefficients: [...coefficients, behind] }));
  const losses = fits.map((fit) => logLoss(fit, others));
  const behind = BEHIND[losses.indexOf(Math.min(...losses))] ?? 0;
  const [score = 0, lead = 0] = coefficients.map((value) => round(value, 4));
  return { bias: round(bias, 4), score, lead, behind };
}

function fitFusion(board: Scoreboard, all: RuleSubset): Record<string, number> {
  const names = board.documents[0]?.sheets.map(([name]) => name) ?? [];
  const [first = 'evidence', semantic] = names;
  if (semantic === undefined) return { [first]: 1 };
  const known = board.documents.filter((document) => document.expected !== null);
  const candidates = SEMANTIC_WEIGHTS.map((weight) => {
    const fusion = { [first]: 1, [semantic]: weight };
    return { weight, right: known.filter((document) => board.isFirstRight(document, all, fusion)).length };
  });
  const most = Math.max(...candidates.map(({ right }) => right));
  // Two documents are chance: the middle of all weights that do about equally well is the safest.
  const good = candidates.filter(({ right }) => right >= most - 2);
  return { [first]: 1, [semantic]: round(good.reduce((sum, { weight }) => sum + weight, 0) / good.length, 2) };
}

function fitThresholds(
  board: Scoreboard,
  subsets: readonly RuleSubset[],
  calibration: EngineCalibration,
): EngineCalibration {
  const decisions = subsets.map((subset) => {
    const labels = new Set(board.labelsOf(subset));
    return board.documents.map((document) => {
      const expected = document.expected !== null && labels.has(document.expected) ? document.expected : null;
      const { candidates } = board.decide(document, subset, { ...calibration, floor: 0, margin: 0 });
      return { expected, first: candidates[0], second: candidates[1] };
    });
  });
  const tried = MARGINS.flatMap((margin) =>
    FLOORS.map((floor) => {
      const [whole = 0, ...parts] = decisions.map((documents) => {
        return balanced(
          documents.map(({ expected, first, second }) => {
            const accepted =
              first && first.confidence >= floor && first.confidence - (second?.confidence ?? 0) >= margin;
            return { expected, answer: accepted ? first.type : null };
          }),
        );
      });
      return { floor, margin, value: whole + parts.reduce((sum, share) => sum + share, 0) / Math.max(1, parts.length) };
    }),
  );
  const highest = Math.max(...tried.map(({ value }) => value));
  // Of thresholds that do about equally well, the one in the middle is the safest, with the smallest margin.
  const good = tried.filter(({ value }) => value >= highest - PLATEAU);
  const sameMargin = good.filter(({ margin }) => margin === good[0]?.margin);
  const { floor = 0.5, margin = 0 } = sameMargin[sameMargin.length >> 1] ?? {};
  return { ...calibration, floor: round(floor, 3), margin };
}

/** What a wrong label costs, where a right answer is worth 1: for who sorts documents it is worse than no label. */
const WRONG_LABEL = 0.5;

/** The worth of answers to all documents, and to those that are none of the rules, in equal parts. */
function balanced(answers: readonly { readonly expected: string | null; readonly answer: string | null }[]): number {
  const nothing = answers.filter(({ expected }) => expected === null);
  return nothing.length === 0 ? worth(answers) : (worth(answers) + worth(nothing)) / 2;
}

function worth(answers: readonly { readonly expected: string | null; readonly answer: string | null }[]): number {
  const right = answers.filter(({ expected, answer }) => expected === answer).length;
  const wrong = answers.filter(({ expected, answer }) => answer !== null && expected !== answer).length;
  return (right - WRONG_LABEL * wrong) / Math.max(1, answers.length);
}

function randomSubsets(ruleCount: number): number[][] {
  const random = seededRandom(20261123);
  return SUBSET_SIZES.flatMap((size) =>
    Array.from({ length: SUBSETS_PER_SIZE }, () => {
      const indexes = Array.from({ length: ruleCount }, (_, index) => ({ index, key: random() }));
      return indexes
        .sort((one, other) => one.key - other.key)
        .slice(0, size)
        .map(({ index }) => index);
    }),
  );
}

/** Mulberry32 (Tommy Ettinger, public domain): small, fast and the same everywhere. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function round(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
