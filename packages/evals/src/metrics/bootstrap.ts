import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { quantileSorted } from 'simple-statistics';

/** How often is drawn, and from where the random numbers start. */
export interface BootstrapOptions {
  readonly samples: number;
  readonly seed: number;
}

/** An interval; null without items. */
export interface Interval {
  readonly low: number | null;
  readonly high: number | null;
}

/** Parts of a ratio that an item brings: `sum(numerator) / sum(denominator)`. */
export interface RatioPart {
  readonly numerator: number;
  readonly denominator: number;
}

/**
 * 95 % percentile bootstrap interval (Efron, 1979) of a ratio over clusters (Field and Welsh, 2007): whole clusters are drawn
 * with replacement, as many as there are. The same input and seed give the same interval.
 */
export function bootstrapRatio(
  clusters: readonly (readonly RatioPart[])[],
  { samples, seed }: BootstrapOptions,
): Interval {
  if (clusters.length === 0) return { low: null, high: null };
  const sums = clusters.map((parts) => ({
    numerator: parts.reduce((total, part) => total + part.numerator, 0),
    denominator: parts.reduce((total, part) => total + part.denominator, 0),
  }));
  const generator = xoroshiro128plus(seed);
  const ratios: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    let [numerator, denominator] = [0, 0];
    for (let draw = 0; draw < sums.length; draw++) {
      const drawn = sums[uniformInt(generator, 0, sums.length - 1)] as RatioPart;
      numerator += drawn.numerator;
      denominator += drawn.denominator;
    }
    if (denominator > 0) ratios.push(numerator / denominator);
  }
  if (ratios.length === 0) return { low: null, high: null };
  ratios.sort((one, other) => one - other);
  return { low: quantileSorted(ratios, 0.025), high: quantileSorted(ratios, 0.975) };
}

/** Items by group; those without one are clusters of their own. */
export function clustersOf<Item extends { readonly group?: string }>(items: readonly Item[]): Item[][] {
  const groups = new Map<string, Item[]>();
  const alone: Item[][] = [];
  for (const item of items) {
    if (item.group === undefined) alone.push([item]);
    else groups.set(item.group, [...(groups.get(item.group) ?? []), item]);
  }
  return [...groups.values(), ...alone];
}
