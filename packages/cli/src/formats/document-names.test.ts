import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { shortenPaths } from './document-names.js';

test('keeps paths that fit', () => {
  expect(shortenPaths(['in/a', 'in/b'], 10)).toEqual({ names: ['in/a', 'in/b'] });
});

test('shows paths as seen from the current folder', () => {
  expect(shortenPaths([resolve('in/a'), '/elsewhere'], 10)).toEqual({ names: ['in/a', '/elsewhere'] });
});

test('cuts the common folder at a separator', () => {
  expect(shortenPaths(['in/box1/a', 'in/box2/b'], 5)).toEqual({ folder: 'in/', names: ['box1/a', 'box2/b'] });
  expect(shortenPaths(['one/a', '-', 'one/b'], 3)).toEqual({ names: ['one/a', '-', 'one/b'] });
});
