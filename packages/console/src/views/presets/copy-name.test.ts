import { expect, test } from 'vitest';
import { english } from '../../i18n/english.js';
import { nameCopy } from './copy-name.js';

const { copyName } = english.presets;

test('a copy has a name that no preset has, and that the server takes', () => {
  expect(nameCopy('Mail', ['Mail'], copyName)).toBe('Mail (copy)');
  expect(nameCopy('Mail', ['Mail (copy)', 'Mail (copy 2)'], copyName)).toBe('Mail (copy 3)');
  const long = nameCopy('a'.repeat(255), [], copyName);
  expect([long.length, long.endsWith('a (copy)')]).toEqual([255, true]);
});
