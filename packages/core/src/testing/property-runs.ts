import type { Parameters } from 'fast-check';

const FIXED_SEED = 20_240_117;
const isLong = Boolean(process.env['DOCKET_TEST_LONG']);
const LONG_FACTOR = 50;

/**
 * How often a property is tried and with which seed: always the same one in short runs, so that these do not fail at
 * random; a new one in long runs, which fast-check prints when a property fails. `DOCKET_TEST_SEED` repeats it.
 */
export function propertyRuns(numRuns = 300): Parameters<unknown> {
  const seed = Number(process.env['DOCKET_TEST_SEED'] ?? (isLong ? Date.now() % 2 ** 31 : FIXED_SEED));
  return { seed, numRuns: isLong ? numRuns * LONG_FACTOR : numRuns };
}
