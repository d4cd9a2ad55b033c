import { describe, expect, it } from 'vitest';
import { MonotonicClock, toInstant } from './clock.js';

const START_MS = Date.parse('2026-11-23T10:00:00.123Z');

describe('toInstant', () => {
  it('is of fixed width, in UTC, to the microsecond', () => {
    expect(toInstant(START_MS)).toBe('2026-11-23T10:00:00.123000Z');
    expect(toInstant(START_MS + 0.5)).toBe('2026-11-23T10:00:00.123500Z');
    expect(toInstant(0)).toBe('1970-01-01T00:00:00.000000Z');
    expect(toInstant(-1)).toBe('1969-12-31T23:59:59.999000Z');
  });
});

describe('MonotonicClock', () => {
  it('tells the time of its source', () => {
    expect(new MonotonicClock({ now: () => START_MS }).now()).toBe('2026-11-23T10:00:00.123000Z');
  });

  it('goes on by microseconds while its source stands still', () => {
    const clock = new MonotonicClock({ now: () => START_MS });
    clock.now();
    expect(clock.now()).toBe('2026-11-23T10:00:00.123001Z');
    for (let count = 0; count < 998; count++) clock.now();
    expect(clock.now()).toBe('2026-11-23T10:00:00.124000Z');
  });

  it('never goes back, whatever its source does', () => {
    let now = START_MS;
    const clock = new MonotonicClock({ now: () => now });
    const instants: string[] = [];
    for (const change of [0, 5, -3_600_000, 1, 7_200_000, -1, -86_400_000, 0]) {
      now += change;
      instants.push(clock.now(), clock.now());
    }
    expect(instants).toEqual([...new Set(instants)].toSorted());
  });

  it('begins after an instant when that lies ahead', () => {
    const after = '2027-01-01T00:00:00.999999Z';
    expect(new MonotonicClock({ now: () => START_MS, after }).now()).toBe('2027-01-01T00:00:01.000000Z');
    expect(new MonotonicClock({ now: () => START_MS, after: toInstant(0) }).now()).toBe('2026-11-23T10:00:00.123000Z');
  });
});
