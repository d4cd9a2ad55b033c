import { createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import type { FileOrder, FileQuery, LocalContent, Store } from '../index.js';
import { describeReceiving } from './describe-receiving.js';
import { chunksOf, completeJob, createFile, createJob, known, makeCompletion, makeFile, PROJECT } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every FileStore must do. */
export function describeFileStore(open: OpenStoreUnderTest): void {
  describe('FileStore', () => {
    describeReceiving(open);
    describeCreation(open);
    describeDeletion(open);
    describeConcurrency(open);
    describeRetention(open);
    describeLists(open);
  });
}

function describeCreation(open: OpenStoreUnderTest): void {
  it('keeps a file and its bytes as they were given', async () => {
    const { store } = await open();
    const file = makeFile({ name: 'Ä (1).pdf', externalFileId: 'mine', expiresAt: '2027-01-01T00:00:00.000000Z' });
    const created = await createFile(store, 'hello', file);
    expect(created).toEqual({
      ...file,
      id: expect.stringMatching(/^dfl-[0-9a-f-]{36}$/),
      contentHash: sha256('hello'),
      size: 5,
      createdAt: created.createdAt,
    });
    expect(await store.files.get(created.id)).toEqual(created);
    expect(await store.files.get(created.id, PROJECT)).toEqual(created);
    expect(await store.files.get(created.id, 'another')).toBeUndefined();
    expect(await store.files.get('dfl-unknown')).toBeUndefined();
    expect(await textOf(store, created.contentHash)).toBe('hello');
  });

  it('keeps bytes of any kind and number, and streams them', async () => {
    const { store } = await open();
    const bytes = randomBytes(1_300_000);
    const pieces = (async function* () {
      for (let start = 0; start < bytes.length; start += 100_000) yield bytes.subarray(start, start + 100_000);
    })();
    await using content = await store.files.receive(pieces, { maxBytes: bytes.length });
    const { contentHash } = await store.files.create(makeFile(), content);
    expect(Buffer.concat(await (await store.files.read(contentHash)).toArray()).equals(bytes)).toBe(true);
    await using local = await known(store.files.locate(contentHash));
    expect((await bytesOf(local)).equals(bytes)).toBe(true);
  });

  it('makes a new file each time, also of the same content', async () => {
    const { store } = await open();
    const [first, second] = [await createFile(store, 'a'), await createFile(store, 'a')];
    expect(first.id).not.toBe(second.id);
    expect(first.contentHash).toBe(second.contentHash);
  });

  it('makes several files of what was received once, before and after it was disposed of', async () => {
    const { store } = await open();
    const content = await store.files.receive(chunksOf('a'), { maxBytes: 1 });
    const file = await store.files.create(makeFile(), content);
    await store.files.create(makeFile(), content);
    await content[Symbol.asyncDispose]();
    await store.files.create(makeFile(), content);
    expect(await textOf(store, file.contentHash)).toBe('a');
    expect((await list(store)).total).toBe(3);
  });

  it('refuses what was disposed of before it became a file', async () => {
    const { store } = await open();
    const content = await store.files.receive(chunksOf('a'), { maxBytes: 1 });
    await content[Symbol.asyncDispose]();
    await expect(store.files.create(makeFile(), content)).rejects.toMatchObject({ code: 'resource.file_not_found' });
    expect(await list(store)).toEqual({ items: [], total: 0 });
    expect(await store.files.locate(content.contentHash)).toBeUndefined();
  });
}

function describeDeletion(open: OpenStoreUnderTest): void {
  it('keeps the bytes as long as a file has them', async () => {
    const { store } = await open();
    const [first, second] = [await createFile(store, 'a'), await createFile(store, 'a', { projectId: 'another' })];
    expect(await store.files.delete(first.id, { projectId: 'another' })).toBeUndefined();
    expect(await store.files.delete(first.id)).toEqual({ file: first, isContentDeleted: false });
    expect(await store.files.delete(first.id)).toBeUndefined();
    expect(await textOf(store, second.contentHash)).toBe('a');
    expect(await store.files.delete(second.id)).toEqual({ file: second, isContentDeleted: true });
    expect(await store.files.locate(second.contentHash)).toBeUndefined();
    await expect(store.files.read(second.contentHash)).rejects.toMatchObject({ code: 'resource.file_not_found' });
  });

  it.each([true, false])('takes what jobs say about a content with it, with purgeQuotes %s', async (purgeQuotes) => {
    const { store } = await open();
    const [first, last, old] = [
      await createFile(store, 'a'),
      await createFile(store, 'a'),
      await createFile(store, 'old'),
    ];
    const moment = store.clock.now();
    const other = await createFile(store, 'other');
    for (let count = 0; count < 4; count++) await createJob(store);
    const { contentHash } = first;
    const jobs = [await completeJob(store, { contentHash }), await completeJob(store, { contentHash })];
    const oldJob = await completeJob(store, { contentHash: old.contentHash });
    const otherJob = await completeJob(store, { contentHash: other.contentHash });
    await store.files.delete(first.id, { purgeQuotes });
    for (const job of jobs) expect(await store.jobs.explanation(job.id)).toBeDefined();
    await store.files.delete(last.id, { purgeQuotes });
    await store.files.deleteOld({ createdBefore: moment, now: moment, purgeQuotes }, 10);
    for (const job of [...jobs, oldJob]) {
      const reasoning = purgeQuotes ? makeCompletion().reasoningWithoutQuotes : job.result?.reasoning;
      expect(await store.jobs.get(job.id)).toEqual({ ...job, result: { ...job.result, reasoning } });
      expect(await store.jobs.explanation(job.id)).toBeUndefined();
    }
    expect(await store.jobs.get(otherJob.id)).toEqual(otherJob);
    expect(await store.jobs.explanation(otherJob.id)).toBeDefined();
  });

  it('lets a reading go on that has begun', async () => {
    const { store } = await open();
    const file = await createFile(store, 'a');
    const stream = await store.files.read(file.contentHash);
    await store.files.delete(file.id);
    expect(await collect(stream)).toBe('a');
  });
}

function describeConcurrency(open: OpenStoreUnderTest): void {
  it('never loses the bytes of a living file, nor keeps those of none, however creates and deletes meet', async () => {
    const { store } = await open();
    const hash = sha256('same');
    for (let round = 0; round < 20; round++) {
      const old = await Promise.all([createFile(store, 'same'), createFile(store, 'same')]);
      const [young] = await Promise.all([
        createFile(store, 'same'),
        ...old.map(({ id }) => store.files.delete(id)),
        store.files.deleteOld({ now: store.clock.now(), createdBefore: old[0].createdAt }, 10),
      ]);
      expect(await textOf(store, hash)).toBe('same');
      await Promise.all([store.files.delete(young.id), store.files.delete(young.id)]);
      expect(await store.files.locate(hash)).toBeUndefined();
    }
  });
}

function describeRetention(open: OpenStoreUnderTest): void {
  it('deletes files created before a moment and those that expired, as many as allowed', async () => {
    const { store, advance } = await open();
    const soon = store.clock.now();
    const [first, second] = [await createFile(store, 'a'), await createFile(store, 'b')];
    const moment = store.clock.now();
    const expired = await createFile(store, 'c', { expiresAt: soon });
    const kept = await createFile(store, 'a', { expiresAt: '9999-01-01T00:00:00.000000Z' });
    advance(1000);
    const limits = { createdBefore: moment, now: store.clock.now() };
    const parts = [await store.files.deleteOld(limits, 2), await store.files.deleteOld(limits, 2)];
    expect(parts.map(({ length }) => length)).toEqual([2, 1]);
    const deletions = parts.flat();
    const byId = new Map(deletions.map(({ file, isContentDeleted }) => [file.id, isContentDeleted]));
    expect(byId).toEqual(
      new Map([
        [first.id, false],
        [second.id, true],
        [expired.id, true],
      ]),
    );
    expect(await store.files.deleteOld(limits, 2)).toEqual([]);
    expect(await known(store.files.get(kept.id))).toEqual(kept);
    expect(await textOf(store, kept.contentHash)).toBe('a');
  });

  it('deletes what expired alone without a moment, and nothing that expires now or later', async () => {
    const { store } = await open();
    await createFile(store, 'a');
    const now = store.clock.now();
    await createFile(store, 'b', { expiresAt: now });
    expect(await store.files.deleteOld({ now }, 10)).toEqual([]);
    expect(await store.files.deleteOld({ now: store.clock.now() }, 10)).toHaveLength(1);
  });
}

function describeLists(open: OpenStoreUnderTest): void {
  it.each(['name', 'id', 'created_at'] as const)('lists by %s in both directions, in parts', async (by) => {
    const { store } = await open();
    for (const name of ['b', 'a', 'c', 'a', 'B']) await createFile(store, name, { name });
    await createFile(store, 'x', { projectId: 'another' });
    const key = { name: 'name', id: 'id', created_at: 'createdAt' } as const;
    const ascending = await idsInParts(store, { by, direction: 'ascending' });
    const files = await Promise.all(ascending.map((id) => known(store.files.get(id))));
    const sorted = files.toSorted((a, b) => compare(a[key[by]], b[key[by]]) || compare(a.id, b.id));
    expect(ascending).toEqual(sorted.map(({ id }) => id));
    expect(ascending).toHaveLength(5);
    expect(await idsInParts(store, { by, direction: 'descending' })).toEqual(ascending.toReversed());
  });

  it('filters by each condition, and counts what it gives', async () => {
    const { store } = await open();
    const first = await createFile(store, 'a', { name: 'a', externalFileId: 'x' });
    const second = await createFile(store, 'b', { name: 'a', externalFileId: 'y' });
    const third = await createFile(store, 'c', { name: 'b', externalFileId: 'x' });
    const other = await createFile(store, 'd', { name: 'a', externalFileId: 'x', projectId: 'another' });
    const cases: readonly (readonly [Partial<FileQuery>, readonly string[]])[] = [
      [{}, [first.id, second.id, third.id]],
      [{ name: 'a' }, [first.id, second.id]],
      [{ name: 'A' }, []],
      [{ externalFileId: 'x' }, [first.id, third.id]],
      [{ externalFileId: 'x', name: 'b' }, [third.id]],
      [{ ids: [third.id, first.id, other.id, 'dfl-unknown'] }, [first.id, third.id]],
      [{ ids: [] }, []],
      [{ projectId: 'another' }, [other.id]],
    ];
    for (const [query, ids] of cases) {
      const part = await list(store, query);
      expect(
        part.items.map(({ id }) => id),
        JSON.stringify(query),
      ).toEqual(ids);
      expect(part.total).toBe(ids.length);
      expect(await idsInParts(store, { by: 'created_at', direction: 'ascending' }, query)).toEqual(ids);
    }
  });

  it('neither shifts nor repeats while files come and go', async () => {
    const { store } = await open();
    const order: FileOrder = { by: 'name', direction: 'ascending' };
    const files = new Map<string, string>();
    for (const name of ['b', 'd', 'f', 'h']) files.set(name, (await createFile(store, name, { name })).id);
    const first = await list(store, { order, limit: 2 });
    for (const name of ['a', 'c', 'e']) await createFile(store, name, { name });
    for (const name of ['d', 'f']) await store.files.delete(files.get(name) ?? '');
    const second = await list(store, { order, limit: 2, after: first.next });
    expect(first.items.map(({ name }) => name)).toEqual(['b', 'd']);
    expect(second.items.map(({ name }) => name)).toEqual(['e', 'h']);
    expect(second.next).toBeUndefined();
  });

  it('refuses a cursor of another order', async () => {
    const { store } = await open();
    const query = { order: { by: 'id', direction: 'ascending' }, after: ['a', 'b'] } as const;
    await expect(list(store, query)).rejects.toMatchObject({ code: 'request.invalid_page_token' });
  });
}

function list(store: Store, query: Partial<FileQuery> = {}) {
  const order: FileOrder = { by: 'created_at', direction: 'ascending' };
  return store.files.list({ projectId: PROJECT, limit: 100, order, ...query });
}

async function idsInParts(store: Store, order: FileOrder, query: Partial<FileQuery> = {}): Promise<string[]> {
  let part = await list(store, { ...query, order, limit: 2 });
  const ids = part.items.map(({ id }) => id);
  while (part.next !== undefined) {
    part = await list(store, { ...query, order, limit: 2, after: part.next });
    ids.push(...part.items.map(({ id }) => id));
  }
  return ids;
}

/** Reads a content in both ways that a store offers. */
async function textOf(store: Store, contentHash: string): Promise<string> {
  const text = await collect(await store.files.read(contentHash));
  await using local = await known(store.files.locate(contentHash));
  expect((await bytesOf(local)).toString()).toBe(text);
  return text;
}

async function bytesOf(local: LocalContent): Promise<Buffer> {
  return 'bytes' in local ? Buffer.from(local.bytes) : await readFile(local.path);
}

async function collect(stream: Readable): Promise<string> {
  const chunks = await stream.toArray();
  return Buffer.concat(chunks).toString();
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
