import { expect, it } from 'vitest';
import { SettledClock } from './settled-clock.js';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
const START_MS = Date.parse('2026-11-23T10:00:00Z');

function setUp(knownMs?: number) {
  let [wall, elapsed] = [START_MS, 0];
  const clock = new SettledClock({ now: () => wall, elapsed: () => elapsed, knownMs });
  return {
    /** Minutes that the clock tells after the start, looked at every minute. */
    after(minutes: number) {
      let told = clock.now();
      for (let count = 0; count < minutes; count++) {
        wall += MINUTE_MS;
        elapsed += MINUTE_MS;
        told = clock.now();
      }
      return Math.round((told - START_MS) / MINUTE_MS);
    },
    jump(milliseconds: number) {
      wall += milliseconds;
    },
  };
}

it('tells the time of the machine as long as that goes evenly', () => {
  const { after, jump } = setUp();
  expect(after(0)).toBe(0);
  expect(after(90)).toBe(90);
  jump(2 * MINUTE_MS);
  expect(after(10)).toBe(102);
});

it('goes on as if nothing had happened when the clock jumps ahead and back again', () => {
  const { after, jump } = setUp();
  expect(after(10)).toBe(10);
  jump(DAY_MS);
  expect(after(30)).toBe(40);
  jump(-DAY_MS);
  expect(after(120)).toBe(160);
});

it('believes a jump ahead after an hour', () => {
  const { after, jump } = setUp();
  jump(DAY_MS);
  expect(after(59)).toBe(59);
  expect(after(2)).toBe(24 * 60 + 61);
});

it('believes a jump back at once', () => {
  const { after, jump } = setUp();
  jump(-DAY_MS);
  expect(after(1)).toBe(-24 * 60 + 1);
});

it('doubts a clock that is far ahead of what is known at the start, for an hour, and no other', () => {
  const { after } = setUp(START_MS - DAY_MS);
  expect(after(59)).toBe(59 - 24 * 60);
  expect(after(2)).toBe(61);
  for (const known of [START_MS - 4 * MINUTE_MS, START_MS + DAY_MS]) expect(setUp(known).after(1)).toBe(1);
});
