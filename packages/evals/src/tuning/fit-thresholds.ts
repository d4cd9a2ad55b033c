import { addCounts, type Counts, countAnswers, type Objective } from './objective.js';
import { type Observation, rounded, type Tuning } from './tuning.js';

/** Thresholds that are tried at most; with more documents they stand further apart. */
const MOST_TRIED = 200;

/** A rule's own floor counts half when it rests on so many documents. */
const SHRINKAGE = 10;

/** Sets the floor that serves best; of equally good ones the one next to the present floor. */
export function fitFloor(observations: readonly Observation[], tuning: Tuning, objective: Objective): Tuning {
  const floors = between(observations.map(({ ranking: [best] }) => best?.confidence ?? 0));
  const scoreOf = (floor: number) => objective(countAnswers(observations, { ...tuning, floor }));
  return { ...tuning, floor: bestOf(floors, tuning.floor, scoreOf) };
}

/** Sets the margin that serves best. */
export function fitMargin(observations: readonly Observation[], tuning: Tuning, objective: Objective): Tuning {
  const leads = observations.flatMap(({ ranking: [best, next] }) => {
    return best && next ? best.confidence - next.confidence : [];
  });
  const scoreOf = (margin: number) => objective(countAnswers(observations, { ...tuning, margin }));
  return { ...tuning, margin: bestOf([0, ...between(leads)], tuning.margin, scoreOf) };
}

/** Gives rules a floor of their own, drawn to the common one the more the fewer documents it rests on. */
export function fitLabelFloors(observations: readonly Observation[], tuning: Tuning, objective: Objective): Tuning {
  const byLabel = new Map<string, Observation[]>();
  for (const one of observations) {
    const label = one.ranking[0]?.type ?? '';
    byLabel.set(label, [...(byLabel.get(label) ?? []), one]);
  }
  const labels = [...byLabel].sort(([one], [other]) => (one < other ? -1 : 1));
  const counts = new Map(labels.map(([label, some]) => [label, countAnswers(some, tuning)]));
  const thresholds: [string, number][] = [];
  for (const [label, some] of labels) {
    const others = [...counts].filter(([other]) => other !== label).map(([, count]) => count);
    const rest = others.reduce(addCounts, NO_COUNTS);
    const countWith = (floor: number) => countAnswers(some, { ...tuning, thresholds: { [label]: floor } });
    const floors = between(some.map(({ ranking: [best] }) => best?.confidence ?? 0));
    const own = bestOf(floors, tuning.floor, (floor) => objective(addCounts(rest, countWith(floor))));
    const floor = rounded((some.length * own + SHRINKAGE * tuning.floor) / (some.length + SHRINKAGE));
    if (floor === tuning.floor) continue;
    thresholds.push([label, floor]);
    counts.set(label, countWith(floor));
  }
  return thresholds.length > 0 ? { ...tuning, thresholds: Object.fromEntries(thresholds) } : tuning;
}

const NO_COUNTS: Counts = { total: 0, right: 0, answered: 0, answeredRight: 0 };

/** Values between neighbours, and one beyond each end; evenly chosen when there are many. */
function between(values: readonly number[]): number[] {
  const sorted = [...new Set(values)].sort((one, other) => one - other);
  const inner = sorted.slice(1).map((value, index) => rounded((value + (sorted[index] as number)) / 2));
  const step = Math.max(1, inner.length / MOST_TRIED);
  const chosen = Array.from({ length: Math.floor(inner.length / step) }, (_, index) => inner[Math.floor(index * step)]);
  return [0, ...(chosen as number[]), 1];
}

function bestOf(values: readonly number[], present: number, scoreOf: (value: number) => number): number {
  let best = { value: present, score: scoreOf(present) };
  for (const value of values) {
    const score = scoreOf(value);
    const isNearer = Math.abs(value - present) < Math.abs(best.value - present);
    if (score > best.score || (score === best.score && isNearer)) best = { value, score };
  }
  return best.value;
}
