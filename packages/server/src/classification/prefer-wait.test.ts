import { describe, expect, it } from 'vitest';
import { preferredWaitSeconds } from './prefer-wait.js';

describe('preferredWaitSeconds', () => {
  it.each([
    ['wait=10', 10],
    ['respond-async, wait=5', 5],
    ['Wait = "7"; x=y', 7],
    ['wait=3, wait=9', 3],
    ['wait=3600', 60],
    ['wait=0', 0],
    ['wait', 0],
    ['wait=-1', 0],
    ['wait=1.5', 0],
    ['await=5', 0],
    ['', 0],
    [undefined, 0],
  ])('%j: %i', (header, seconds) => {
    expect(preferredWaitSeconds(header)).toBe(seconds);
  });
});
