import { isLong } from './project.js';

const FIXED_SEED = 20_240_117;

/** Seed of this run: always the same in short runs, so that these do not fail at random; a new one in long runs. */
export const seed = Number(process.env['DOCKET_TEST_SEED'] ?? (isLong ? Date.now() % 2 ** 32 : FIXED_SEED));

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
export type Random = () => number;

/** Makes a generator. Seeds that follow each other give unrelated numbers. */
export function randomFrom(start: number): Random {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from 0 up to `end`. */
export function below(end: number, random: Random): number {
  return Math.floor(random() * end);
}

/** The same items in another order (Fisher and Yates). */
export function shuffle<Item>(items: readonly Item[], random: Random): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(below(left.length, random), 1));
}

/** One of some items. @throws Error when there are none */
export function pick<Item>(items: readonly Item[], random: Random): Item {
  const item = items[below(items.length, random)];
  if (item === undefined) throw new Error('there is nothing to pick from');
  return item;
}
