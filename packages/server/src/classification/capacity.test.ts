import { describe, expect, it } from 'vitest';
import { retryAfterMs } from './capacity.js';

describe('retryAfterMs', () => {
  it.each([
    [100_000, 50, 20_000],
    [1000, 50, 500],
    [0, 0, 500],
    [0, 10, 500],
    [100_000, 0.1, 60_000],
    [10, 0, 60_000],
  ])('%i waiting at %d a second: %i ms', (pending, jobsPerSecond, expected) => {
    expect(retryAfterMs(pending, jobsPerSecond)).toBe(expected);
  });
});
