import { expect, test } from 'vitest';
import { limitConcurrency } from './limit-concurrency.js';

test('so many at one time, in order, and a failure frees its place', async () => {
  const limit = limitConcurrency(2);
  let running = 0;
  let most = 0;
  const started: number[] = [];
  const tasks = [0, 1, 2, 3, 4, 5].map((number) =>
    limit(async () => {
      started.push(number);
      most = Math.max(most, ++running);
      await Promise.resolve();
      running--;
      if (number === 1) throw new Error('failed');
      return number;
    }).catch(() => 'failed'),
  );
  expect(await Promise.all(tasks)).toEqual([0, 'failed', 2, 3, 4, 5]);
  expect([most, started]).toEqual([2, [0, 1, 2, 3, 4, 5]]);
});
