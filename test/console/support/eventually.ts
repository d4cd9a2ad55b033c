import { expect } from 'vitest';

/** Far more than it takes on a machine that has other things to do. */
const MOST_MS = 60_000;

/** Expects something of a value that is asked for again until it holds. */
export function eventually(value: () => unknown): ReturnType<typeof expect.poll> {
  return expect.poll(value, { timeout: MOST_MS });
}
