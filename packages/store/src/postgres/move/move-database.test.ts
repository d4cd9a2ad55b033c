import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { moveToSharedStore, openSharedStore, openStore, type Store } from '../../index.js';
import { makeEndpoint } from '../../testing/delivery-samples.js';
import { postgresForSuite } from '../../testing/open-postgres-store.js';
import { noPostgres } from '../../testing/private-postgres.js';
import {
  claimed,
  completeJob,
  createFile,
  createJob,
  known,
  makeParse,
  OUTCOME,
  PROJECT,
  parsed,
  WORKER,
} from '../../testing/samples.js';
import { temporaryFolder } from '../../testing/temporary-folder.js';
import type { ContentPlace } from '../content-place.js';
import { readMark } from '../content-place-entry.js';
import { FolderPlace } from '../folder-place.js';
import { findWay, moveDatabase, openPostgresParts, readDatabaseAddress } from '../index.js';
import { PostgresDatabase } from '../postgres-database.js';

const SERVER = {
  id: 'server-1',
  host: 'elsewhere',
  processId: 17,
  version: '1.0.0',
  engine: null,
  models: [],
  concurrency: 0,
  serves: true,
};

describe.skipIf(noPostgres)(`moveToSharedStore${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  let databases = 0;
  let address: string;
  let folder: string;

  beforeEach(async () => {
    address = suite.server.createDatabase(`moved_${databases++}`);
    folder = await temporaryFolder();
  });

  const target = () => ({ address, environment: {}, home: folder });
  const ask = async (sql: string) => {
    const database = new PostgresDatabase({ connectionString: address });
    try {
      return await database.getOne(sql);
    } finally {
      await database.close();
    }
  };
  const source = () => join(folder, 'docket.db');

  it('moves everything, and what waits or ran goes on in its order', async () => {
    const before = await fillStore(folder);
    const { rows, bytes } = await moveToSharedStore(source(), target());
    expect(rows).toEqual({
      contents: 2,
      files: 3,
      document_heads: 1,
      page_records: 1,
      configurations: 1,
      parse_jobs: 2,
      jobs: 5,
      webhooks: 0,
      deliveries: 0,
      delivery_attempts: 0,
      explanations: 1,
    });
    expect(bytes).toBe('hello'.length + 1_000_000);

    await using store = await openSharedStore(target());
    const list = async (part: Store) => (await part.jobs.list({ projectId: PROJECT, limit: 100 })).items;
    const running = before.running.id;
    const awake = (job: { id: string; status: string; updatedAt: string }) => job.id === running;
    expect((await list(store)).filter((job) => !awake(job))).toEqual(before.jobs.filter((job) => !awake(job)));
    expect(await store.jobs.get(running)).toEqual({ ...before.running, status: 'PENDING' });
    expect(await store.jobs.explanation(before.completed.id)).toEqual(before.explanation);
    expect(await store.configurations.list({ projectId: PROJECT, limit: 10 })).toEqual(before.configurations);
    expect(await store.files.get(before.file.id)).toEqual(before.file);
    expect(Buffer.concat(await (await store.files.read(before.file.contentHash)).toArray()).toString()).toBe('hello');
    expect(await store.pages.pages(before.file.contentHash, OUTCOME.readerIdentity, [1])).toEqual([
      { number: 1, data: Buffer.from([0, 1, 255]) },
    ]);
    expect(store.secret).toEqual(before.secret);
    expect((await store.jobs.counts()).byStatus).toMatchObject({ PENDING: 3, COMPLETED: 2, RUNNING: 0 });
    // All of them were counted in one step, and those that come are again one by one.
    expect(await ask(`SELECT COUNT(*) AS "off" FROM pg_trigger WHERE tgenabled = 'D'`)).toEqual({ off: 0 });
    expect(await ask('SELECT COUNT(*) AS rows FROM docket.job_counts WHERE slot <> 0')).toEqual({ rows: 0 });
    // The one that waits for a parse job is not ready.
    expect([(await claimed(store)).id, (await claimed(store)).id]).toEqual([running, before.pending.id]);
    expect(await store.jobs.claim(WORKER)).toBeUndefined();
    expect((await known(store.parses.claim(WORKER))).id).toBe(before.parse.id);
  });

  it('moves webhooks, what was tried of deliveries, and what is still to be delivered, and makes no event anew', async () => {
    const left = await (async () => {
      await using store = await openStore({ folder });
      const saved = await store.webhooks.create({ ...makeEndpoint(), projectId: PROJECT });
      await createJob(store, { webhooks: { targets: [{ isAllowed: true, webhookId: saved.id }] } });
      await completeJob(store);
      const delivery = await known(store.deliveries.claim({ ...WORKER, busyHosts: [] }));
      const attempt = { startedAt: store.clock.now(), durationMs: 3, statusCode: 500, error: 'status 500' };
      const lease = { id: delivery.id, owner: WORKER.owner };
      await store.deliveries.finish(lease, attempt, { status: 'PENDING', pauseMs: 5_000 });
      const { items } = await store.deliveries.list({ projectId: PROJECT, limit: 10 });
      return { saved, items };
    })();
    const { rows } = await moveToSharedStore(source(), target());
    expect(rows).toMatchObject({ webhooks: 1, deliveries: 3, delivery_attempts: 1 });
    await using store = await openSharedStore(target());
    expect(await store.webhooks.list(PROJECT)).toEqual([left.saved]);
    expect((await store.deliveries.list({ projectId: PROJECT, limit: 10 })).items).toEqual(left.items);
    expect((await known(store.deliveries.claim({ ...WORKER, busyHosts: [] }))).event).toBe('classify.running');
  });

  it('moves a job whose webhook PostgreSQL cannot read, and delivers nothing to that one any more', async () => {
    const bad = makeEndpoint({ host: 'a.example', secret: 'a\u0000b', headers: { 'x\ud800': 'y' } });
    await (async () => {
      await using store = await openStore({ folder });
      const targets = [bad, makeEndpoint({ secret: 'a\\u0000' })].map((endpoint) => ({ isAllowed: true, endpoint }));
      await createJob(store, { webhooks: { targets } });
    })();
    await moveToSharedStore(source(), target());
    await using store = await openSharedStore(target());
    const { webhooks } = await completeJob(store);
    expect(webhooks?.targets.map(({ isAllowed }) => isAllowed)).toEqual([false, true]);
    const { items } = await store.deliveries.list({ projectId: PROJECT, limit: 10 });
    expect(items.filter(({ url }) => url).map(({ event }) => event)).toEqual([
      'classify.success',
      'classify.running',
      'classify.pending',
    ]);
  });

  it('refuses a target that holds something, a source that is used or is not there', async () => {
    await fillStore(folder);
    await moveToSharedStore(source(), target());
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({
      code: 'request.invalid_usage',
      message: expect.stringContaining('name an empty one'),
    });
    address = suite.server.createDatabase(`moved_${databases++}`);
    await expect(moveToSharedStore(join(folder, 'none.db'), target())).rejects.toMatchObject({
      code: 'resource.file_not_found',
    });
    await using _ = await openStore({ folder });
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({ code: 'state.data_folder_in_use' });
  });

  it('refuses a target that a server uses, which could tidy up what has just arrived', async () => {
    await fillStore(folder);
    await using used = await openSharedStore(target());
    await used.cluster?.reportAlive(SERVER, 0);
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({
      code: 'request.invalid_usage',
      message: expect.stringContaining('process 17 of elsewhere uses the database'),
    });
    await used.cluster?.leave(SERVER.id);
    expect((await moveToSharedStore(source(), target())).rows).toMatchObject({ contents: 2 });
  });

  it('moves nothing when a server came meanwhile', async () => {
    await fillStore(folder);
    await using used = await openSharedStore(target());
    const { config } = await findWay(readDatabaseAddress(address, {}));
    const parts = await openPostgresParts({ home: folder, config });
    const receive: ContentPlace['receive'] = async (bytes, options) => {
      await used.cluster?.reportAlive(SERVER, 0);
      return parts.contents.receive(bytes, options);
    };
    const contents = new Proxy(parts.contents, {
      get: (place, name: keyof ContentPlace) => (name === 'receive' ? receive : place[name].bind(place)),
    });
    try {
      await expect(moveDatabase(source(), { ...parts, contents })).rejects.toThrow('process 17 of elsewhere uses');
    } finally {
      await parts.contents.close();
      await parts.database.close();
    }
    expect(await ask('SELECT COUNT(*) AS rows FROM docket.contents')).toEqual({ rows: 0 });
    expect(await ask('SELECT COUNT(*) AS rows FROM docket.blobs')).toEqual({ rows: 0 });
  });

  it('takes nothing back of a shared folder that somebody else has made a content of', async () => {
    const filesFolder = join(folder, 'shared');
    await using store = await openSharedStore({ ...target(), filesFolder });
    const { contentHash } = await createFile(store, 'hello');
    const database = new PostgresDatabase({ connectionString: address });
    try {
      const place = await FolderPlace.open(
        { folder: filesFolder, mark: (await readMark(filesFolder)) ?? '' },
        database,
      );
      await place.abandon(contentHash);
      expect(Buffer.concat(await (await place.read(contentHash)).toArray()).toString()).toBe('hello');
      await database.run('DELETE FROM files');
      await database.run('DELETE FROM contents');
      await place.abandon(contentHash);
      expect(await readdir(join(filesFolder, contentHash.slice(0, 2)))).toEqual([]);
    } finally {
      await database.close();
    }
  });

  it('moves nothing when bytes are damaged or gone, and can be tried again', async () => {
    const { file, other } = await fillStore(folder);
    const pathOf = (hash: string) => join(folder, 'files', hash.slice(0, 2), hash);
    // What was moved before that is taken back.
    await rename(pathOf(other.contentHash), join(folder, 'away'));
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({ code: 'resource.unreadable' });
    expect(await ask('SELECT COUNT(*) AS blobs FROM docket.blobs')).toEqual({ blobs: 0 });
    await rename(join(folder, 'away'), pathOf(other.contentHash));
    const path = pathOf(file.contentHash);
    await writeFile(path, 'HELLO');
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({ code: 'resource.unreadable' });
    await rm(path);
    await expect(moveToSharedStore(source(), target())).rejects.toMatchObject({ code: 'resource.unreadable' });
    await writeFile(path, 'hello');
    expect((await moveToSharedStore(source(), target())).rows['files']).toBe(3);
  });
});

/** Fills a data folder with something of everything, and closes it. */
async function fillStore(folder: string) {
  await using store = await openStore({ folder });
  const file = await createFile(store, 'hello', { name: 'ä \u0000 ".txt' });
  const other = await createFile(store, 'x'.repeat(1_000_000));
  await createFile(store, 'hello', { projectId: 'another' });
  const { contentHash } = file;
  const head = { format: 'txt' as const, pageCount: 1, title: 'T', readerIdentity: OUTCOME.readerIdentity };
  const pages = [{ number: 1, data: Uint8Array.from([0, 1, 255]) }];
  await store.pages.keep({ contentHash, extension: '.txt' }, { head, pages });
  await parsed(store, file);
  await createJob(store, { transactionId: 't' });
  const result = { type: null, confidence: 0.1 + 0.2, reasoning: 'says "ü"\u0000' };
  const completed = await completeJob(store, { contentHash, result });
  await store.configurations.save({
    projectId: PROJECT,
    name: 'a',
    productType: 'classify_v2',
    parameters: { a: [1] },
  });
  const parse = await store.parses.create(makeParse(other));
  await createJob(store);
  const running = await claimed(store);
  const pending = await createJob(store);
  const inputs = { inputType: 'parse_job_id', input: parse.id, sourceId: parse.id, parseJobId: parse.id } as const;
  await createJob(store, inputs);
  return {
    file,
    other,
    completed,
    running,
    pending,
    parse,
    secret: store.secret,
    explanation: await store.jobs.explanation(completed.id),
    jobs: (await store.jobs.list({ projectId: PROJECT, limit: 100 })).items,
    configurations: await store.configurations.list({ projectId: PROJECT, limit: 10 }),
  };
}
