import { expect, test } from 'vitest';
import { type InstalledPackage, installedPackages, productionFolders } from '../support/installed-packages.js';

const ALLOWED = new Set([
  'MIT',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  '0BSD',
  'MIT-0',
  'BlueOak-1.0.0',
  'Unlicense',
  'CC0-1.0',
  'Python-2.0',
]);

/** Packages with another licence, or that do not say theirs, and why that is all right. */
const EXCEPTIONS: readonly {
  readonly name: RegExp;
  readonly licence: string;
  readonly developmentOnly: boolean;
  readonly reason: string;
}[] = [
  {
    name: /^lightningcss(-|$)/,
    licence: 'MPL-2.0',
    developmentOnly: true,
    reason:
      'Vite, which vitest runs on, minifies styles with it; nobody gets it with Docket, and nothing is changed in it.',
  },
  {
    name: /^axe-core$/,
    licence: 'MPL-2.0',
    developmentOnly: true,
    reason: 'The tests look at pages with it; nobody gets it with Docket, and nothing is changed in it.',
  },
  {
    name: /^png-js$/,
    licence: '',
    developmentOnly: true,
    reason: 'pdfkit, which makes fixtures, reads PNG with it; its package.json says nothing, its LICENSE file is MIT.',
  },
  {
    name: /^@img\/sharp-libvips-/,
    licence: 'LGPL-3.0-or-later',
    developmentOnly: false,
    reason:
      'A library of its own that sharp, which the optional transformers.js loads, links at run time; unchanged, and anybody may put another in its place.',
  },
];

const packages = installedPackages();

test('every installed package has a licence that Docket can be used with', () => {
  expect(packages.length).toBeGreaterThan(50);
  const refused = packages.filter((one) => !isAllowed(one.licence) && !exceptionOf(one));
  expect(refused.map(({ name, version, licence }) => `${name} ${version}: ${licence}`)).toEqual([]);
});

test('what is allowed for development alone is not what users get', () => {
  const production = productionFolders();
  const shipped = packages.filter(({ folder }) => production.has(folder)).map(({ name }) => name);
  expect(shipped).toEqual(expect.arrayContaining(['commander', 'pdfjs-dist', '@hyzyla/pdfium', 'zod']));
  expect(shipped).not.toContain('vitest');
  const wrong = packages.filter((one) => exceptionOf(one)?.developmentOnly && production.has(one.folder));
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test('every exception is still needed', () => {
  const unused = EXCEPTIONS.filter((exception) => !packages.some((one) => exceptionOf(one) === exception));
  expect(unused).toEqual([]);
});

test.each([
  ['MIT', true],
  ['(MIT OR GPL-3.0)', true],
  ['MIT AND Apache-2.0', true],
  ['MIT AND GPL-3.0', false],
  ['(GPL-2.0 OR AGPL-3.0)', false],
  ['', false],
])('the expression %j is allowed: %s', (expression, expected) => {
  expect(isAllowed(expression)).toBe(expected);
});

/** Understands SPDX expressions without inner parentheses: one alternative must be allowed in all its parts. */
function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(/ OR /i);
  return alternatives.some((alternative) => alternative.split(/ AND /i).every((part) => ALLOWED.has(part.trim())));
}

function exceptionOf({ name, licence }: InstalledPackage) {
  return EXCEPTIONS.find((exception) => exception.name.test(name) && exception.licence === licence);
}
