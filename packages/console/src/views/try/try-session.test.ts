import { expect, test, vi } from 'vitest';
import { ApiError } from '../../api/api-error.js';
import type { ClassifyResult, Explanation } from '../../api/types.js';
import { makeRuleList } from '../../rules/rule-list.js';
import type { ScoreApi, ScoreRequest } from './score-api.js';
import { type Settled, TrySession } from './try-session.js';

const rule = { type: 'a', description: 'long enough to be used' };

/** A server whose answers the test gives. */
function fakeServer() {
  const asked: (ScoreRequest & { answer: (type: string | null) => void; fail: (error: unknown) => void })[] = [];
  const deleted: string[] = [];
  const undeletable = new Set<string>();
  let files = 0;
  const api: ScoreApi = {
    upload: async () => `dfl-${++files}`,
    score: (request) =>
      new Promise((resolve, reject) => {
        const answer = (type: string | null) => {
          const result: ClassifyResult = { type, confidence: 0.9, reasoning: '' };
          resolve({ result, explanation: {} as Explanation });
        };
        asked.push({ ...request, answer, fail: reject });
      }),
    deleteFile: async (id) => {
      if (undeletable.has(id)) throw new ApiError(500, undefined, 'it is held');
      deleted.push(id);
    },
    samples: () => Promise.reject(new Error('not asked here')),
  };
  return { api, asked, deleted, undeletable };
}

function start() {
  const server = fakeServer();
  const settled: (readonly Settled[])[] = [];
  const session = new TrySession({
    api: server.api,
    rules: makeRuleList([rule]),
    pageId: 'page',
    onSettled: (some) => settled.push(some),
  });
  return { ...server, session, settled };
}

const files = (...names: string[]) => names.map((name) => ({ name, blob: new Blob([name]) }));

test('documents are uploaded and scored with what is complete of the rules, each under an id of its own', async () => {
  const { session, asked, settled } = start();
  session.rules.add();
  session.add(files('one', 'two'));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(asked.map(({ fileId, pageId, rules }) => [fileId, pageId, rules.length])).toEqual([
    ['dfl-1', 'page:dfl-1', 1],
    ['dfl-2', 'page:dfl-2', 1],
  ]);
  asked[0]?.answer('a');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  expect(settled).toEqual([]);
  asked[1]?.fail(new ApiError(400, 'document.encrypted', 'it is encrypted'));
  await vi.waitFor(() => expect(settled).toHaveLength(1));
  expect(settled[0]?.map(({ after }) => after.state)).toEqual(['scored', 'failed']);
});

test('one that is scored again while another is on its way is told of once', async () => {
  const { session, asked, settled } = start();
  session.add(files('one', 'two'));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[0]?.answer('a');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  session.scoreAll();
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  asked[2]?.answer('b');
  asked[3]?.answer('a');
  await vi.waitFor(() => expect(settled).toHaveLength(1));
  const told = settled[0]?.map(({ before, after }) => [after.name, before.result?.type, after.result?.type]);
  expect(told).toEqual([
    ['one', undefined, 'b'],
    ['two', undefined, 'a'],
  ]);
});

test('another rule has all scored again: the older request is ended, its late answer is dropped, a change is told', async () => {
  const { session, asked } = start();
  session.add(files('one'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer(null);
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  session.rules.add({ ...rule, type: 'b' });
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  expect(session.documents.value[0]).toMatchObject({ state: 'scoring', result: { type: null } });
  session.rules.add({ ...rule, type: 'c' });
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[1]?.signal.aborted).toBe(true);
  asked[1]?.answer('late');
  asked[2]?.answer('c');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  expect(session.documents.value[0]).toMatchObject({ result: { type: 'c' }, typeBefore: null });
});

test('half a rule changes nothing; without any rule there is no answer', async () => {
  const { session, asked } = start();
  session.add(files('one'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer('a');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  const key = session.rules.add();
  session.rules.change(key, { type: 'half' });
  session.rules.remove(session.rules.drafts.value[0]?.key ?? '');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('waiting'));
  expect(asked).toHaveLength(1);
  expect(session.documents.value[0]?.result).toBeUndefined();
});

test('what is removed is deleted from the server, also when it is still on its way there', async () => {
  const { session, asked, deleted } = start();
  const [one = ''] = session.add(files('one'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await session.remove([one]);
  expect([deleted, asked[0]?.signal.aborted]).toEqual([['dfl-1'], true]);
  const [two = ''] = session.add(files('two'));
  await session.remove([two]);
  await vi.waitFor(() => expect(deleted.length + session.documents.value.length).toBeGreaterThan(0));
  expect(session.documents.value).toEqual([]);
  expect(asked).toHaveLength(1);
});

test('what the server does not delete stays in the list, where it was', async () => {
  const { session, asked, deleted, undeletable } = start();
  const keys = session.add(files('one', 'two', 'three'));
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  asked[0]?.answer('a');
  undeletable.add('dfl-2');
  await expect(session.remove(keys)).rejects.toThrow('it is held');
  expect(deleted).toEqual(['dfl-1', 'dfl-3']);
  expect(session.documents.value.map(({ name }) => name)).toEqual(['two']);
  await vi.waitFor(() => expect(asked).toHaveLength(4));
  asked[3]?.answer('a');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
});

test('what the server has no more is uploaded again, once, and what is known of it stays beside an error', async () => {
  const { session, asked } = start();
  session.add(files('one'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  asked[0]?.answer('a');
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('scored'));
  session.scoreAll();
  await vi.waitFor(() => expect(asked).toHaveLength(2));
  asked[1]?.fail(new ApiError(404, undefined, 'no such file'));
  await vi.waitFor(() => expect(asked).toHaveLength(3));
  expect(asked[2]?.fileId).toBe('dfl-2');
  asked[2]?.fail(new ApiError(404, undefined, 'no such file'));
  await vi.waitFor(() => expect(session.documents.value[0]?.state).toBe('failed'));
  expect(session.documents.value[0]).toMatchObject({ result: { type: 'a' }, error: { status: 404 } });
});

test('to run now is not to run again a moment later', async () => {
  vi.useFakeTimers();
  const { session, asked } = start();
  session.add(files('one'));
  await vi.advanceTimersByTimeAsync(0);
  session.rules.add({ ...rule, type: 'b' });
  session.scoreAll();
  await vi.advanceTimersByTimeAsync(5000);
  expect(asked.map(({ rules }) => rules.length)).toEqual([1, 2]);
  vi.useRealTimers();
});
