import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Classification, type ClassifyRequest, DocketError } from '@docket/core';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DatasetItem } from '../dataset/dataset.js';
import { BenchCache } from './bench-cache.js';
import { classifyItem, type ItemTools, readItem } from './classify-item.js';

const RULES = [
  { type: 'invoice', description: 'A bill with a total due' },
  { type: 'recipe', description: 'Ingredients and steps of a dish' },
];

const READ = {
  head: { format: 'txt', pageCount: 1, readerIdentity: 'txt-3' },
  pages: [{ number: 1, data: Buffer.from('page') }],
} as const;

function answer(changes: Partial<Classification> = {}): Classification {
  return {
    type: 'invoice',
    confidence: 0.9,
    ranking: [
      { type: 'invoice', confidence: 0.9 },
      { type: 'recipe', confidence: 0.1 },
    ],
    reasoning: 'Page 1 reads "Total due".',
    pages: { total: 1, selected: [1], read: [1] },
    scorer: 'fake/1',
    ...changes,
  };
}

let folder: string;
let requests: ClassifyRequest[];
let tools: ItemTools;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-item-'));
  requests = [];
  tools = {
    pool: {
      classify: async (request) => {
        requests.push(request);
        const isKnown = typeof request.document === 'object' && 'read' in request.document;
        const timings = { readMs: isKnown ? 0 : 20, scoreMs: 5 };
        return { result: answer(), timings, durationMs: 25, ...(request.keepPages ? { read: READ } : {}) };
      },
      read: vi.fn(async () => ({ read: READ, timings: { readMs: 20, scoreMs: 0 } })),
    },
    cache: new BenchCache(join(folder, 'cache')),
    rules: RULES,
    parsing: {},
    defaultMaxPages: 12,
    signal: new AbortController().signal,
  };
});

afterEach(async () => {
  await rm(folder, { recursive: true });
});

async function fileItem(changes: Partial<DatasetItem> = {}): Promise<DatasetItem> {
  const path = join(folder, 'bill.txt');
  await writeFile(path, 'Total due');
  return { id: 'bill.txt', source: { path }, expected: 'invoice', tags: [], ...changes };
}

/** Whether each request so far came with pages that were known. */
const known = () => requests.map(({ document }) => typeof document === 'object' && 'read' in document);

describe('what was read', () => {
  test('is kept: the second time the document is not opened', async () => {
    const item = await fileItem();
    expect(await classifyItem(item, tools)).toMatchObject({ wasRead: true, readMs: 20 });
    expect(await classifyItem(item, tools)).toMatchObject({ wasRead: false, readMs: 0 });
    expect(known()).toEqual([false, true]);
  });

  test('is read again when the file has changed, and when other pages are wanted', async () => {
    const item = await fileItem();
    await classifyItem(item, tools);
    await writeFile(join(folder, 'bill.txt'), 'Total due, later');
    await classifyItem(item, tools);
    expect(known()).toEqual([false, false]);
  });

  test('is not kept when the file changes while it is read', async () => {
    const item = await fileItem();
    const { classify } = tools.pool;
    const changing: ItemTools['pool']['classify'] = async (request, options) => {
      await writeFile(join(folder, 'bill.txt'), 'something else');
      return await classify(request, options);
    };
    await classifyItem(item, { ...tools, pool: { ...tools.pool, classify: changing } });
    await writeFile(join(folder, 'bill.txt'), 'Total due');
    await classifyItem(item, tools);
    expect(known()).toEqual([false, false]);
  });

  test('of a text of a manifest is kept as well', async () => {
    const item = { id: 'line 1', source: { text: 'Total due' }, expected: 'invoice', tags: [] };
    await classifyItem(item, tools);
    const second = await classifyItem(item, tools);
    expect(known()).toEqual([false, true]);
    expect(second).not.toHaveProperty('path');
  });

  test("is nobody else's without a cache", async () => {
    const item = await fileItem();
    for (let time = 0; time < 2; time++) await classifyItem(item, { ...tools, cache: undefined });
    expect(known()).toEqual([false, false]);
    expect(requests[0]?.keepPages).toBe(false);
  });

  test('beforehand serves the classification', async () => {
    const item = await fileItem();
    expect(await readItem(item, tools)).toBe(true);
    expect(await readItem(item, tools)).toBe(false);
    await classifyItem(item, tools);
    expect(known()).toEqual([true]);
    expect(tools.pool.read).toHaveBeenCalledTimes(1);
  });
});

test('a label that no rule has counts as null', async () => {
  const item = await fileItem({ expected: 'poem' });
  expect(await classifyItem(item, tools)).toMatchObject({ expected: null, answered: 'invoice' });
});

test('asks for the evidence of the right label, and keeps that of both', async () => {
  const item = await fileItem({ expected: 'recipe' });
  const labels = ['invoice', 'contract', 'recipe'].map((type) => ({ type, confidence: 0.5, layout: [], evidence: [] }));
  const explanation = { language: 'en', format: 'txt', labels, floor: 0.5, margin: 0 };
  const classify: ItemTools['pool']['classify'] = async (request) => {
    requests.push(request);
    return { result: answer({ explanation }), timings: { readMs: 1, scoreMs: 1 }, durationMs: 2 };
  };
  const result = await classifyItem(item, { ...tools, pool: { ...tools.pool, classify } });
  expect(requests[0]).toMatchObject({ explain: true, explainLabels: ['recipe'] });
  expect(result).toMatchObject({ evidence: [{ type: 'invoice' }, { type: 'recipe' }] });
});

test('pages of a line win over those of the rule file', async () => {
  const item = await fileItem({ targetPages: '2' });
  await classifyItem(item, { ...tools, parsing: { targetPages: '1', lang: 'de' } });
  expect(requests[0]?.parsing).toEqual({ targetPages: '2', lang: 'de' });
});

describe('a failure', () => {
  const failing = (error: unknown): ItemTools => ({
    ...tools,
    pool: { ...tools.pool, classify: () => Promise.reject(error) },
  });

  test('of the document is its result', async () => {
    const error = new DocketError('document.encrypted', 'it is encrypted');
    const result = await classifyItem(await fileItem({ group: 'a', tags: ['scan'] }), failing(error));
    expect(result).toMatchObject({ status: 'failed', code: 'document.encrypted', group: 'a', tags: ['scan'] });
  });

  test.each(['model.not_installed', 'request.invalid_rules'] as const)(
    'of all documents, %s, ends the run',
    async (code) => {
      const item = await fileItem();
      await expect(classifyItem(item, failing(new DocketError(code, 'no')))).rejects.toMatchObject({ code });
    },
  );

  test('of the cache costs nothing', async () => {
    await writeFile(join(folder, 'cache'), 'a file where a folder should be');
    expect(await classifyItem(await fileItem(), tools)).toMatchObject({ status: 'classified' });
  });
});
