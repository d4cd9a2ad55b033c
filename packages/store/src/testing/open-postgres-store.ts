import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { openPostgresStore } from '../postgres/open-postgres-store.js';
import { PostgresDatabase } from '../postgres/postgres-database.js';
import { PrivatePostgres } from './private-postgres.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

const START_MS = Date.parse('2026-11-23T10:00:00Z');

/** All that tests write; `meta` stays. */
const EMPTY = `DELETE FROM docket.explanations; DELETE FROM docket.jobs; DELETE FROM docket.parse_jobs;
  DELETE FROM docket.webhooks; DELETE FROM docket.files; DELETE FROM docket.contents; DELETE FROM docket.blobs; DELETE FROM docket.configurations;
  DELETE FROM docket.job_counts; DELETE FROM docket.workers; DELETE FROM docket_queue.job`;

/** A PostgreSQL server for the tests of a suite. */
export interface SuitePostgres {
  readonly server: PrivatePostgres;
}

/** Starts a private server before the tests of the suite that this is called in, and ends it after them. */
export function postgresForSuite(): SuitePostgres {
  let server: PrivatePostgres | undefined;
  beforeAll(async () => {
    server = await PrivatePostgres.start();
  }, 60_000);
  afterAll(() => server?.[Symbol.asyncDispose]());
  return {
    get server() {
      if (!server) throw new Error('the database runs in tests alone');
      return server;
    },
  };
}

/**
 * Opens a store in the database of a suite, once, and empties it for each test.
 * @param hasFolder Whether the bytes of files lie in a folder, and not in the database
 */
export function postgresStoreOpener(suite: SuitePostgres, hasFolder = false): OpenStoreUnderTest {
  let now = START_MS;
  let opened: Awaited<ReturnType<typeof open>> | undefined;
  const open = async () => {
    const { config } = hasFolder ? inOwnDatabase(suite.server) : suite.server;
    const home = await mkdtemp(join(tmpdir(), 'docket-store-'));
    const filesFolder = hasFolder ? home : undefined;
    const database = new PostgresDatabase(config);
    const store = await openPostgresStore({ config, home, filesFolder, now: () => now });
    const empty = async () => {
      await database.runPlain(EMPTY);
      const digits = hasFolder ? (await readdir(home)).filter((name) => /^[0-9a-f]{2}$/.test(name)) : [];
      for (const name of digits) await rm(join(home, name), { recursive: true });
    };
    return { store, database, empty };
  };
  afterAll(async () => {
    await opened?.store.close();
    await opened?.database.close();
  });
  return async () => {
    opened ??= await open();
    await opened.empty();
    now = START_MS;
    return {
      store: opened.store,
      advance(milliseconds) {
        now += milliseconds;
      },
    };
  };
}

/** A database has the bytes of files in one place only. */
function inOwnDatabase(server: PrivatePostgres) {
  const database = 'with_folder';
  server.createDatabase(database);
  return { config: { ...server.config, database } };
}
