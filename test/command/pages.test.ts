import { join } from 'node:path';
import { readRuleFile } from '@docket/core';
import { expect, test } from 'vitest';
import { onlyClassified, parseLines } from '../support/outcome.js';
import { fixturesFolder } from '../support/project.js';
import { runDocket } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const MANUAL = 'documents/manual-40p.pdf';

async function classify(flags: readonly string[], rules = 'rules.yaml') {
  return runDocket(['classify', MANUAL, '--rules', rules, '--format', 'jsonl', ...flags]);
}

test.each([
  [['--max-pages', '2'], [1, 2], 'Read pages 1-2 of 40.'],
  [['--max-pages', '1'], [1], 'Read page 1 of 40.'],
  [['--target-pages', '3'], [3], 'Read page 3 of 40.'],
  [['--target-pages', ' 7, 1,3 - 5,4 '], [1, 3, 4, 5, 7], 'Read pages 1, 3-5, 7 of 40.'],
  [['--target-pages', '40,39'], [39, 40], 'Read pages 39-40 of 40.'],
  [['--target-pages', '5', '--max-pages', '2'], [5], 'Read page 5 of 40.'],
])('%j reads pages %j', async (flags, selected, sentence) => {
  const { exitCode, stdout } = await classify(flags);
  expect(exitCode).toBe(0);
  const { pages, reasoning } = onlyClassified(stdout);
  expect(pages).toEqual({ total: 40, selected, read: selected });
  // Lists of pages may be written with or without blanks.
  expect(reasoning.replaceAll(', ', ',')).toContain(sentence.replaceAll(', ', ','));
});

test('pages past the end are ignored and mentioned', async () => {
  const { exitCode, stdout } = await classify(['--target-pages', '2,39-50']);
  expect(exitCode).toBe(0);
  const { pages, reasoning } = onlyClassified(stdout);
  expect(pages.selected).toEqual([2, 39, 40]);
  expect(reasoning).toMatch(/past the end.*41-50/);
});

test('nothing but pages past the end is a document that failed, for it alone', async () => {
  const paths = ['documents/minutes.txt', MANUAL];
  const flags = ['-r', 'rules.yaml', '-f', 'jsonl', '--target-pages', '30'];
  const { exitCode, stdout } = await runDocket(['classify', ...paths, ...flags]);
  expect(exitCode).toBe(1);
  expect(parseLines(stdout)).toMatchObject([
    { error: { code: 'document.no_pages_selected' } },
    { pages: { selected: [30] } },
  ]);
});

test('what the reasoning quotes stands on a page that was read', async () => {
  const { stdout } = await classify(['--target-pages', '2,5']);
  const { reasoning } = onlyClassified(stdout);
  const quoted = [...reasoning.matchAll(/page (\d+) (?:reads )?"/gi)].map(([, page]) => Number(page));
  expect(quoted.length).toBeGreaterThan(0);
  for (const page of quoted) expect([2, 5]).toContain(page);
});

test('parsing_configuration of the rule file holds, and flags win over it', async () => {
  const { rules } = await readRuleFile(join(fixturesFolder, 'rules.yaml'));
  const folder = temporaryFolder({
    'rules.json': JSON.stringify({ rules, parsing_configuration: { target_pages: '4,6' } }),
  });
  const file = join(folder, 'rules.json');
  const [held, beaten] = await Promise.all([classify([], file), classify(['--max-pages', '1'], file)]);
  expect(onlyClassified(held.stdout).pages.selected).toEqual([4, 6]);
  expect(onlyClassified(beaten.stdout).pages.selected).toEqual([1]);
});

test('the configuration says how many pages are read when nobody asks', async () => {
  const argv = ['classify', MANUAL, '-r', 'rules.yaml', '-f', 'jsonl'];
  const [three, all] = await Promise.all(
    ['3', '0'].map((count) => runDocket(argv, { env: { DOCKET_PAGES_DEFAULT_MAX: count } })),
  );
  expect(onlyClassified(three?.stdout ?? '').pages.selected).toEqual([1, 2, 3]);
  expect(onlyClassified(all?.stdout ?? '').pages.selected).toHaveLength(40);
});

test('slides and sheets count as pages, other formats as one', async () => {
  const paths = ['slides.pptx', 'budget.xlsx', 'contract-de.docx'].map((name) => `documents/${name}`);
  const { stdout } = await runDocket(['classify', ...paths, '-r', 'rules.yaml', '-f', 'jsonl', '--target-pages', '1']);
  expect(parseLines(stdout)).toMatchObject([
    { pages: { total: 8, selected: [1] } },
    { pages: { total: 2, selected: [1] } },
    { pages: { total: 1, selected: [1] } },
  ]);
});
