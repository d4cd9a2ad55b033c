import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRuleFile } from '@docket/core';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { writeExample } from './init-dataset.js';
import { loadDataset } from './load-dataset.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-example-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('the example is the same data set three times, with rules for its types', async () => {
  const target = join(folder, 'new', 'example');
  const files = await writeExample(target);
  expect(files).toContain('rules.yaml');
  expect(files).toContain('documents/_none/chat.txt');
  const sets = await Promise.all(
    ['documents', 'manifest.jsonl', 'manifest.csv'].map((name) => loadDataset(join(target, name))),
  );
  expect(sets.map(({ problems }) => problems)).toEqual([[], [], []]);
  const [asFolder, asLines, asTable] = sets.map(({ items }) => items);
  expect(asTable).toEqual(asLines);
  const answers = (items: typeof asLines) => {
    return items?.flatMap(({ source, expected }) => ('path' in source ? [[source.path, expected]] : [])).sort();
  };
  expect(answers(asLines)).toEqual(answers(asFolder));
  expect(asFolder).toHaveLength(15);
  const { rules } = await readRuleFile(join(target, 'rules.yaml'));
  const types = new Set(asFolder?.flatMap(({ expected }) => expected ?? []));
  expect(new Set(rules.map(({ type }) => type))).toEqual(types);
});

test('nothing is overwritten, and then nothing is written', async () => {
  await writeFile(join(folder, 'rules.yaml'), 'mine');
  await expect(writeExample(folder)).rejects.toMatchObject({ code: 'state.name_taken' });
  expect(await readdir(folder)).toEqual(['rules.yaml']);
});
