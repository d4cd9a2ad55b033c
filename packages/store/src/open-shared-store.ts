import type { WorkerState } from './ports/cluster.js';
import type { Store } from './ports/store.js';

/** Where a store lies that many processes share. */
export interface OpenSharedStoreOptions {
  /** `postgres://...`; what it leaves out comes from libpq's variables and password file. */
  readonly address: string;
  /** Has libpq's variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** A folder of this machine for copies of documents that are worked on. */
  readonly home: string;
  /** A folder that all machines share for the bytes of files; absent: they lie in the database. */
  readonly filesFolder?: string | undefined;
}

/**
 * Opens the store in a PostgreSQL database, and brings its schema to the newest version that is known here.
 * @throws DocketError `request.invalid_configuration` for an address that is none or is refused,
 *   `state.database_unreachable`, `state.database_too_new`
 */
export async function openSharedStore({ address, environment, ...places }: OpenSharedStoreOptions): Promise<Store> {
  const { readDatabaseAddress, findWay, openPostgresStore } = await import('./postgres/index.js');
  const { config } = await findWay(readDatabaseAddress(address, environment));
  return openPostgresStore({ ...places, config });
}

/**
 * Who works on a database, and did lately. Only reads.
 * @throws DocketError `request.invalid_configuration`, `state.database_unreachable`
 */
export async function listWorkers(
  address: string,
  environment: OpenSharedStoreOptions['environment'],
): Promise<WorkerState[]> {
  const { readDatabaseAddress, findWay, readWorkers } = await import('./postgres/index.js');
  const { config } = await findWay(readDatabaseAddress(address, environment));
  return readWorkers(config);
}

/**
 * Connects to a database, and no more.
 * @returns Its address without the password, and its version
 * @throws DocketError `request.invalid_configuration`, `state.database_unreachable`
 */
export async function describeSharedStore(
  address: string,
  environment: OpenSharedStoreOptions['environment'],
): Promise<{ readonly address: string; readonly version: string }> {
  const { readDatabaseAddress, findWay } = await import('./postgres/index.js');
  const read = readDatabaseAddress(address, environment);
  return { address: read.shown, version: (await findWay(read)).serverVersion };
}
