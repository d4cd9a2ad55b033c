import { describe, expect, it } from 'vitest';
import type { Store, StoredFile } from '../index.js';
import { describeLeasedWork } from './describe-leased-work.js';
import { createFile, known, makeParse, OUTCOME, PROJECT, parsed, WORKER } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every ParseStore must do. */
export function describeParseStore(open: OpenStoreUnderTest): void {
  describe('ParseStore', () => {
    describeLeasedWork(open, {
      of: (store) => store.parses,
      create: async (store) => store.parses.create(makeParse(await createFile(store, 'a'))),
      complete: (store, id, owner) => store.parses.complete({ id, owner }, OUTCOME),
    });
    describeCreation(open);
    describeRetention(open);
  });
}

function describeCreation(open: OpenStoreUnderTest): void {
  it('keeps a parse job as it was given', async () => {
    const { store } = await open();
    const parse = makeParse(await createFile(store, 'a'), {
      parsing: { lang: 'de', targetPages: '1,3', maxPages: null },
    });
    const created = await store.parses.create(parse);
    expect(created).toEqual({
      ...parse,
      id: expect.stringMatching(/^pjb-[0-9a-f-]{36}$/),
      status: 'PENDING',
      outcome: null,
      errorMessage: null,
      createdAt: created.createdAt,
      updatedAt: created.createdAt,
    });
    expect(await store.parses.get(created.id)).toEqual(created);
    expect(await store.parses.get(created.id, PROJECT)).toEqual(created);
    expect(await store.parses.get(created.id, 'another')).toBeUndefined();
    expect(await store.parses.get('pjb-unknown')).toBeUndefined();
  });

  it('keeps what was read', async () => {
    const { store } = await open();
    const { id } = await store.parses.create(makeParse(await createFile(store, 'a')));
    await store.parses.claim(WORKER);
    const outcome = { readerIdentity: 'pdf-3', pages: [1, 3, 7], pageCount: 9 };
    expect(await store.parses.complete({ id, owner: WORKER.owner }, outcome)).toBe(true);
    expect(await store.parses.get(id)).toMatchObject({ status: 'COMPLETED', outcome, errorMessage: null });
  });

  it('outlives the file that it read, without its name and content', async () => {
    const { store } = await open();
    const file = await createFile(store, 'a', { name: 'a.txt' });
    const other = await createFile(store, 'a', { name: 'b.txt' });
    const [before, ofOther] = [await parsed(store, file), await parsed(store, other)];
    await store.files.delete(file.id);
    expect(await store.parses.get(before.id)).toEqual({ ...before, name: '' });
    expect(await store.parses.get(ofOther.id)).toEqual(ofOther);
    const late = await parsed(store, file);
    await store.files.delete(other.id);
    expect(await store.parses.get(late.id)).toMatchObject({ name: '', contentHash: null });
    expect(await store.parses.get(before.id)).toEqual({ ...before, name: '', contentHash: null });
    expect(await store.parses.get(ofOther.id)).toEqual({ ...ofOther, name: '', contentHash: null });
    expect(await parsed(store, file)).toMatchObject({ name: '', contentHash: null });
  });
}

function describeRetention(open: OpenStoreUnderTest): void {
  it('deletes parse jobs that ended before a moment, and what nobody can ask for any more', async () => {
    const { store } = await open();
    const [first, second] = [await createFile(store, 'a'), await createFile(store, 'b')];
    await keepPage(store, first);
    await keepPage(store, second);
    const old = [await parsed(store, first), await parsed(store, first), await parsed(store, second)];
    const unfinished = await store.parses.create(makeParse(first));
    const moment = store.clock.now();
    const young = await parsed(store, second);

    expect(await store.parses.deleteEndedBefore(moment, 2)).toBe(2);
    expect(await store.parses.get(old[0]?.id ?? '')).toBeUndefined();
    expect(await store.parses.deleteEndedBefore(moment, 2)).toBe(1);
    expect(await store.parses.get(young.id)).toEqual(young);
    expect(await known(store.parses.get(unfinished.id))).toEqual(unfinished);
    expect(await hasPage(store, first)).toBe(true);

    await store.parses.claim(WORKER);
    await store.parses.complete({ id: unfinished.id, owner: WORKER.owner }, OUTCOME);
    expect(await store.parses.deleteEndedBefore(store.clock.now(), 10)).toBe(2);
    expect(await hasPage(store, first)).toBe(false);
    expect(await hasPage(store, second)).toBe(false);
    expect(await store.files.locate(first.contentHash)).toBeDefined();
  });

  it('leaves pages alone that were kept after the moment: their parse job may be on its way', async () => {
    const { store } = await open();
    const file = await createFile(store, 'a');
    const moment = store.clock.now();
    await keepPage(store, file);
    expect(await store.parses.deleteEndedBefore(moment, 10)).toBe(0);
    expect(await hasPage(store, file)).toBe(true);
    await store.parses.deleteEndedBefore(store.clock.now(), 10);
    expect(await hasPage(store, file)).toBe(false);
  });
}

async function keepPage(store: Store, { contentHash }: StoredFile): Promise<void> {
  const head = { format: 'txt' as const, pageCount: 1, readerIdentity: OUTCOME.readerIdentity };
  await store.pages.keep({ contentHash, extension: '.txt' }, { head, pages: [{ number: 1, data: Buffer.from('x') }] });
}

async function hasPage(store: Store, { contentHash }: StoredFile): Promise<boolean> {
  const head = await store.pages.head({ contentHash, extension: '.txt' });
  const pages = await store.pages.pages(contentHash, OUTCOME.readerIdentity, [1]);
  expect(head === undefined).toBe(pages === undefined);
  return pages !== undefined;
}
