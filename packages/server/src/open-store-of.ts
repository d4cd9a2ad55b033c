import { DocketError, databaseAddressOf, type SettingValues } from '@docket/core';
import { listWorkers, openSharedStore, openStore, type Store, type WorkerState } from '@docket/store';

/**
 * Opens the store that the configuration names: PostgreSQL where it has an address, else SQLite in the data folder.
 * @param purpose What needs a store that several processes share, if anything
 * @throws DocketError `request.invalid_configuration`, `resource.file_not_found`, `state.*`, `capacity.disk_full`;
 *   `request.invalid_usage` when a shared store is needed and none is named
 */
export async function openStoreOf(values: SettingValues, purpose?: string): Promise<Store> {
  const address = await databaseAddressOf(values);
  const { home, filesFolder } = values;
  if (address !== undefined) {
    const files = filesFolder === '' ? {} : { filesFolder };
    return openSharedStore({ address, environment: process.env, home, ...files });
  }
  if (purpose === undefined) return openStore({ folder: home });
  throw needsDatabase(purpose);
}

/**
 * Who works on the database that the configuration names. Only reads: a database that no server has made its tables in has
 * nobody, and one of another version stays as it is.
 * @param purpose What asks
 * @throws DocketError `request.invalid_usage` when no shared store is named, `request.invalid_configuration`,
 *   `state.database_unreachable`
 */
export async function listWorkersOf(values: SettingValues, purpose: string): Promise<WorkerState[]> {
  const address = await databaseAddressOf(values);
  if (address === undefined) throw needsDatabase(purpose);
  return listWorkers(address, process.env);
}

function needsDatabase(purpose: string): DocketError {
  const message = `${purpose} needs a PostgreSQL database that it shares with others; name it with --database, --database-file or DOCKET_DATABASE`;
  return new DocketError('request.invalid_usage', message);
}
