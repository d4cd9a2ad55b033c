import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countCharacters } from './count-characters.js';

it('counts what the Unicode categories say', () => {
  const text = fc.string({
    unit: fc.oneof(
      fc.constantFrom('a', ' ', '7', 'é', '票', '²', '\u0301', '𝒜', '😀', '\ud835'),
      fc.string({ unit: 'binary' }),
    ),
  });
  fc.assert(
    fc.property(text, (some) => {
      expect(countCharacters(some)).toEqual({
        words: some.match(/[\p{L}\p{N}]+/gu)?.length ?? 0,
        letters: some.match(/\p{L}/gu)?.length ?? 0,
        digits: some.match(/\d/g)?.length ?? 0,
      });
    }),
    { numRuns: 500 },
  );
});
