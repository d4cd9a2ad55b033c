import { describe, expect, test } from 'vitest';
import { classified, failed } from '../testing/make-result.js';
import { makeRun } from '../testing/make-summary.js';
import { cell } from './markdown.js';
import { writeJunit } from './write-junit.js';
import { writeMarkdown } from './write-markdown.js';

const HOSTILE = 'x</testcase>\u0000\u0008 "<script>" & \ud800 end\n|row|';

const run = makeRun(
  [
    classified('right.pdf', 'a', 'a', 0.9),
    classified('wrong.pdf', 'a', 'b', 0.8, { reasoning: HOSTILE }),
    classified('none.pdf', null, null, 0.1),
    failed('bad.pdf', 'b'),
  ],
  {
    dataset: {
      name: 'my|set',
      path: '/set',
      items: 4,
      problems: [{ kind: 'bad_line', place: 'set.csv:3', message: 'it needs <expected>' }],
      unknownLabels: [{ label: 'poem', count: 1 }],
    },
  },
);

describe('writeMarkdown', () => {
  const text = writeMarkdown(run);

  test('begins with the accuracy and its interval', () => {
    expect(text).toMatch(/^# my\\\|set\n\nAccuracy 66\.7 % \(2 of 3; 95 % interval .* to 100\.0 %\)\.\n/);
  });

  test.each([
    '| documents | 4, of which 1 failed |',
    '| a | 2 | 100.0 % | 50.0 % | 66.7 % |',
    '| _null_ | 1 | 100.0 % | 100.0 % | 100.0 % |',
    '- a -> b: 1',
    '- document.encrypted: 1',
    '- no rule has the type poem: its 1 documents count as null',
    '- set.csv:3: it needs \\<expected\\>',
  ])('says %s', (line) => {
    expect(text.split('\n')).toContain(line);
  });

  test('of a run in which nothing could be read has no numbers to show', () => {
    const nothing = writeMarkdown(makeRun([failed('1', 'a')]));
    expect(nothing).toContain('Accuracy - (0 of 0).');
    expect(nothing).not.toContain('NaN');
  });
});

describe('writeJunit', () => {
  const xml = writeJunit(run);

  test('has a suite per right answer, with counts', () => {
    expect(xml).toContain('<testsuites name="my|set" tests="4" failures="1" errors="1"');
    expect(xml).toContain('<testsuite name="a" tests="2" failures="1" errors="0"');
    expect(xml).toContain('<testsuite name="null" tests="1" failures="0" errors="0"');
    expect(xml).toContain('<testcase classname="b" name="bad.pdf" time="0.000"><error type="document.encrypted"');
  });

  test('says what was answered and why, whatever the document holds', () => {
    expect(xml).toContain(
      '<failure message="answered b (0.80), right is a">x&lt;/testcase&gt;\ufffd\ufffd &quot;&lt;script&gt;',
    );
    expect(xml.match(/<\/testcase>/g)).toHaveLength(2);
  });
});

test('a cell is one line that Markdown leaves alone', () => {
  expect(cell('a|b\n<b>*c*</b> [d](e) \\')).toBe('a\\|b \\<b\\>\\*c\\*\\</b\\> \\[d\\](e) \\\\');
});
