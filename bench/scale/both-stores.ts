import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore, type Store } from '../../packages/store/src/index.js';
import { openPostgresStore } from '../../packages/store/src/postgres/open-postgres-store.js';
import { noPostgres, PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';

/** The two stores, by what they lie in. */
export type StoreName = 'SQLite' | 'PostgreSQL';

/** An empty store for a measurement. Disposing of it leaves nothing behind. */
export interface BenchStore extends AsyncDisposable {
  readonly store: Store;
  /** Its database: a file, or an address. */
  readonly database: string;
}

/** Starts a PostgreSQL server with the settings of Debian, and waits for the disk as in operation. @throws Error without one */
export function startPostgres(): Promise<PrivatePostgres> {
  if (noPostgres) throw new Error(noPostgres);
  return PrivatePostgres.start({ isFast: false });
}

/** Opens an empty store of either kind. */
export async function openBenchStore(name: StoreName): Promise<BenchStore> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-scale-'));
  const clean = () => rm(folder, { recursive: true, force: true });
  if (name === 'SQLite') {
    const store = await openStore({ folder });
    const database = join(folder, 'docket.db');
    return { store, database, [Symbol.asyncDispose]: () => store.close().then(clean) };
  }
  const postgres = await startPostgres();
  const store = await openPostgresStore({ config: postgres.config, home: folder });
  const dispose = async () => {
    await store.close();
    await postgres[Symbol.asyncDispose]();
    await clean();
  };
  return { store, database: postgres.url, [Symbol.asyncDispose]: dispose };
}
