import { expect, test } from 'vitest';
import { hrefOf, parseRoute } from './route.js';

test('a place is read off the address that it was written to, whatever its name', () => {
  const path = ['compare', 'runs/today 100 %', 'ümläut?#'];
  expect(parseRoute(hrefOf('benchmarks', ...path))).toEqual({ view: 'benchmarks', path });
});

test.each([
  ['', 'try'],
  ['#/', 'try'],
  ['#/nowhere/else', 'try'],
  ['#jobs', 'jobs'],
  ['#/jobs/%E0%A4%A', 'jobs'],
])('%j is the view %s', (hash, view) => {
  expect(parseRoute(hash).view).toBe(view);
});
