import { DocketError, databaseAddressOf, type SettingValues } from '@docket/core';
import { openSharedStore, openStore, type Store } from '@docket/store';

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
  const message = `${purpose} needs a PostgreSQL database that it shares with others; name it with --database, --database-file or DOCKET_DATABASE`;
  throw new DocketError('request.invalid_usage', message);
}
