import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('.', import.meta.url));
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.ts$/.test(name))
  .map((name) => ({ name, text: readFileSync(`${folder}/${name}`, 'utf8') }));

/** Ways by which a text becomes markup or a program. */
const WAYS = [
  /\b(inner|outer)HTML\b/,
  /\binsertAdjacentHTML\b/,
  /\bdangerouslySetInnerHTML\b/,
  /\bsrcdoc\b/i,
  /\bDOMParser\b/,
  /\bcreateContextualFragment\b/,
  /\bsetHTMLUnsafe\b/,
  /\bdocument\.write/,
  /\beval\s*\(/,
  /\bnew Function\b/,
  /javascript:/,
];

test('nowhere does a text become markup or a program', () => {
  expect(sources.length).toBeGreaterThan(50);
  const found = sources.flatMap(({ name, text }) =>
    WAYS.filter((way) => way.test(text)).map((way) => `${name}: ${way}`),
  );
  expect(found).toEqual([]);
});

test('nothing of another address is named', () => {
  const named = sources.filter(({ text }) => /https?:\/\/(?!127\.0\.0\.1|www\.w3\.org)/.test(text));
  expect(named.map(({ name }) => name)).toEqual([]);
});
