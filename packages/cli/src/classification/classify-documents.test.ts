import { type Classification, type ClassifyRequest, DocketError } from '@docket/core';
import { expect, test } from 'vitest';
import type { DocumentInput } from '../documents/document-input.js';
import { classification, fakePool } from '../testing/fake-shell.js';
import { type ClassifyDocumentsOptions, classifyDocuments } from './classify-documents.js';
import type { Outcome } from './outcome.js';

const REQUEST = { rules: [{ type: 'invoice', description: 'A bill for goods' }] };

type Classify = (request: ClassifyRequest) => Promise<Classification> | Classification;

async function classifyAll(
  documents: readonly DocumentInput[],
  classify: Classify,
  changes: Partial<ClassifyDocumentsOptions> = {},
) {
  const outcomes: Outcome[] = [];
  await classifyDocuments({
    documents,
    pool: fakePool(classify),
    request: REQUEST,
    maxBytes: 100,
    signal: new AbortController().signal,
    onDone: () => {},
    onOutcome: async (outcome) => {
      outcomes.push(outcome);
    },
    ...changes,
  });
  return outcomes;
}

function files(count: number): DocumentInput[] {
  return Array.from({ length: count }, (_, index) => ({ kind: 'file' as const, path: String(index) }));
}

test('hands outcomes on in input order, whatever order they come in', async () => {
  const documents = files(200);
  const outcomes = await classifyAll(documents, async ({ document }) => {
    await new Promise((resolve) => setTimeout(resolve, (Number(document) * 7) % 11));
    return classification();
  });
  expect(outcomes.map(({ path }) => path)).toEqual(documents.map(({ path }) => path));
});

test('submits a bounded number at once', async () => {
  let running = 0;
  let most = 0;
  await classifyAll(files(500), async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    return classification();
  });
  expect(most).toBeLessThanOrEqual(64);
});

test('a failing document does not stop the others', async () => {
  const outcomes = await classifyAll(files(3), ({ document }) => {
    if (document === '1') throw new DocketError('document.corrupt', 'broken');
    return classification();
  });
  expect(outcomes.map((outcome) => 'error' in outcome && outcome.error.code)).toEqual([
    false,
    'document.corrupt',
    false,
  ]);
});

test('what would fail for every document stops the run', async () => {
  const missing = () => {
    throw new DocketError('model.not_installed', 'not here');
  };
  await expect(classifyAll(files(1000), missing)).rejects.toMatchObject({ code: 'model.not_installed' });
});

test('reads streams, and fails those that are too large', async () => {
  async function* open() {
    yield 'x'.repeat(101);
  }
  const outcomes = await classifyAll([{ kind: 'stream', path: '-', open }], () => classification());
  expect(outcomes).toMatchObject([{ path: '-', error: { code: 'document.too_large' } }]);
});

test('an abort ends the run with its reason, though a document hangs', async () => {
  const controller = new AbortController();
  const reason = new Error('stop');
  const hang = () => {
    queueMicrotask(() => controller.abort(reason));
    return new Promise<Classification>(() => {});
  };
  await expect(classifyAll(files(3), hang, { signal: controller.signal })).rejects.toBe(reason);
});

test('stops when an outcome cannot be written', async () => {
  const onOutcome = () => Promise.reject(new Error('disk full'));
  await expect(classifyAll(files(3), () => classification(), { onOutcome })).rejects.toThrow('disk full');
});
