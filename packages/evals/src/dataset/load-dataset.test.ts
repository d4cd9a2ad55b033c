import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadDataset } from './load-dataset.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-dataset-'));
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function write(files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
}

describe('a folder', () => {
  test('has a sub-folder per type; _none is null, deeper folders belong to their type, dots are skipped', async () => {
    await write({
      'invoice/b.txt': 'b',
      'invoice/2024/a.txt': 'a',
      '_none/poem.txt': 'p',
      'invoice/.hidden': 'h',
      '.git/config': 'g',
      'README.md': 'r',
    });
    const { items, problems } = await loadDataset(folder);
    expect(items.map(({ id, expected }) => [id, expected])).toEqual([
      ['_none/poem.txt', null],
      ['invoice/2024/a.txt', 'invoice'],
      ['invoice/b.txt', 'invoice'],
    ]);
    expect(items[1]?.source).toEqual({ path: join(folder, 'invoice/2024/a.txt') });
    expect(problems).toEqual([]);
  });

  test('without a document in a sub-folder says so', async () => {
    await write({ 'invoice/a.txt': 'a' });
    await mkdir(join(folder, 'lease'));
    expect((await loadDataset(folder)).problems).toMatchObject([{ kind: 'empty_folder', place: 'lease/' }]);
  });

  test('with a manifest is that manifest; with two it asks which', async () => {
    await write({ 'manifest.csv': 'text,expected\nHello,letter\n', 'invoice/a.txt': 'a' });
    expect((await loadDataset(folder)).items).toMatchObject([{ id: 'line 2', expected: 'letter' }]);
    await write({ 'manifest.jsonl': '{"text": "Hello", "expected": "letter"}' });
    await expect(loadDataset(folder)).rejects.toMatchObject({ code: 'request.invalid_input' });
  });
});

describe('a manifest', () => {
  test('in JSONL has paths beside it or texts, with group, tags and pages', async () => {
    await write({
      'documents/a.txt': 'a',
      'set.jsonl':
        '\ufeff{"path": "documents/a.txt", "expected": "invoice", "group": "acme", "tags": ["scan"], "target_pages": "1,3"}\r\n\r\n{"text": "Hello", "expected": null, "id": "hello"}\r\n',
    });
    expect((await loadDataset(join(folder, 'set.jsonl'))).items).toEqual([
      {
        id: 'documents/a.txt',
        source: { path: join(folder, 'documents/a.txt') },
        expected: 'invoice',
        group: 'acme',
        tags: ['scan'],
        targetPages: '1,3',
      },
      { id: 'hello', source: { text: 'Hello' }, expected: null, tags: [] },
    ]);
  });

  test('in CSV says the same; an empty cell and _none are null', async () => {
    await write({
      'set.csv':
        'id,text,expected,group,tags,target_pages\n,"Hello,\nworld",letter,a,scan; old,2-3\nb,Poem,,,,\nc,"""Quoted""",_none,,,\n',
    });
    expect((await loadDataset(join(folder, 'set.csv'))).items).toEqual([
      {
        id: 'line 2',
        source: { text: 'Hello,\nworld' },
        expected: 'letter',
        group: 'a',
        tags: ['scan', 'old'],
        targetPages: '2-3',
      },
      { id: 'b', source: { text: 'Poem' }, expected: null, tags: [] },
      { id: 'c', source: { text: '"Quoted"' }, expected: null, tags: [] },
    ]);
  });

  test.each([
    ['{"text": "a"', /not JSON/],
    ['[1]', /object/],
    ['{"text": "a"}', /expected/],
    ['{"text": "a", "path": "b", "expected": "c"}', /either path or text/],
    ['{"expected": "c"}', /either path or text/],
    ['{"text": "a", "expected": "b", "target_pages": "3-1"}', /3-1/],
    ['{"text": "a", "expected": "b", "id": "good"}', /earlier line/],
  ])('names the place of a bad line and uses the others: %s', async (line, message) => {
    await write({ 'set.jsonl': `{"text": "a", "expected": "b", "id": "good"}\n\n${line}\n` });
    const { items, problems } = await loadDataset(join(folder, 'set.jsonl'));
    expect(items.map(({ id }) => id)).toEqual(['good']);
    expect(problems).toEqual([{ kind: 'bad_line', place: 'set.jsonl:3', message: expect.stringMatching(message) }]);
  });

  test('may say more than is used, which is mentioned once', async () => {
    await write({ 'set.csv': 'text,expected,target_page,note\na,x,1,\nb,x,2,\n' });
    const { items, problems } = await loadDataset(join(folder, 'set.csv'));
    expect(items).toHaveLength(2);
    expect(problems).toMatchObject([
      { kind: 'unused_keys', message: expect.stringMatching(/^not used: target_page, note;/) },
    ]);
  });

  test('in CSV counts the lines of cells with line breaks', async () => {
    await write({ 'set.csv': 'text,expected,target_pages\n"a\nb\nc",x,\nd,x,oops\n"e\nf",x,bad\n' });
    const { problems } = await loadDataset(join(folder, 'set.csv'));
    expect(problems.map(({ place }) => place)).toEqual(['set.csv:5', 'set.csv:6']);
  });

  test('keeps an item whose file is missing, and says so', async () => {
    await write({ 'set.csv': 'path,expected\ngone.pdf,invoice\n' });
    const { items, problems } = await loadDataset(join(folder, 'set.csv'));
    expect(items).toMatchObject([{ id: 'gone.pdf' }]);
    expect(problems).toMatchObject([{ kind: 'missing_file', place: 'set.csv:2' }]);
  });

  test('may have a hundred thousand lines', async () => {
    const lines = Array.from({ length: 100_000 }, (_, index) => `{"text": "text ${index}", "expected": "a"}`);
    await write({ 'set.jsonl': lines.join('\n') });
    expect((await loadDataset(join(folder, 'set.jsonl'))).items).toHaveLength(100_000);
  });
});

describe('what is no data set', () => {
  test('is not there', async () => {
    await expect(loadDataset(join(folder, 'gone'))).rejects.toMatchObject({ code: 'resource.file_not_found' });
  });

  test.each([
    ['a folder without documents', {}, '.'],
    ['a document', { 'a.pdf': 'x' }, 'a.pdf'],
    ['an empty manifest', { 'a.jsonl': '\n' }, 'a.jsonl'],
  ])('%s: says what one looks like', async (_, files, path) => {
    await write(files as Record<string, string>);
    const loading = loadDataset(join(folder, path));
    await expect(loading).rejects.toMatchObject({ code: 'request.invalid_input' });
    await expect(loading).rejects.toThrow(/one sub-folder per type/);
  });
});
