import { expect, test } from 'vitest';
import { parseKept } from './parse-kept.js';

const EMPTY = { rules: [], parsing: {}, rest: {}, documents: [] };

test('what was kept is read as it was written', () => {
  const kept = {
    rules: [{ type: 'a', description: 'b' }],
    parsing: { lang: 'de', maxPages: 2, targetPages: '1' },
    rest: { decision: { floor: 0.4 } },
    documents: [{ name: 'a.pdf', fileId: 'dfl-1' }],
  };
  expect(parseKept(JSON.stringify(kept))).toEqual(kept);
});

test.each([undefined, '', '{', 'null', '[1]', '"text"', '{"rules": 3, "parsing": [], "documents": {"a": 1}}'])(
  '%j is as good as nothing',
  (text) => {
    expect(parseKept(text)).toEqual(EMPTY);
  },
);

test('of a list with something wrong in it the rest is kept', () => {
  const text = '{"rules": [null, {"type": 3}, {"type": "a", "description": "b"}], "documents": [{"name": "a"}, 1]}';
  expect(parseKept(text)).toEqual({ ...EMPTY, rules: [{ type: 'a', description: 'b' }] });
});
