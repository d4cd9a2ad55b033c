import { expect, it } from 'vitest';
import { isNative, mergeNeeds, nativeNeeds } from './native-needs.js';

const elf = (...names: string[]) => Buffer.from(`\x7fELF\x02\0${names.join('\0')}\0`, 'latin1');

it('the newest version that native code asks for counts, as a number', () => {
  const needs = nativeNeeds(
    elf('GLIBC_2.4', 'GLIBC_2.34', 'GLIBC_2.14', 'GLIBC_PRIVATE', 'GLIBCXX_3.4.9', 'GLIBCXX_3.4.29'),
  );
  expect(needs).toEqual({ glibc: '2.34', libstdcxx: '3.4.29' });
});

it('other files ask for nothing, nor does text that only speaks of it', () => {
  expect(nativeNeeds(Buffer.from('\0GLIBC_2.34\0'))).toEqual({});
  expect(nativeNeeds(elf('needs GLIBC_2.34 at least'))).toEqual({});
});

it('all together need what the most demanding one needs', () => {
  expect(mergeNeeds([{}, { glibc: '2.9' }, { glibc: '2.28', libstdcxx: '3.4.21' }])).toEqual({
    glibc: '2.28',
    libstdcxx: '3.4.21',
  });
});

it.each([
  ['a/libonnxruntime.so.1', true],
  ['better_sqlite3.node', true],
  ['libvips-cpp.so.8.17.3', true],
  ['so.js', false],
])('%s is native: %s', (path, expected) => {
  expect(isNative(path)).toBe(expected);
});
