import type { OpenSharedStoreOptions } from './open-shared-store.js';

/** What was moved. */
export interface MoveReport {
  /** By table. */
  readonly rows: Readonly<Record<string, number>>;
  /** Of all contents. */
  readonly bytes: number;
}

/**
 * Moves what a data folder holds to an empty PostgreSQL database, and compares what arrived with what left.
 * @param source The data folder or the database in it; nothing in it changes, and no server may use it
 * @throws DocketError as `openSharedStore` does; `resource.file_not_found`, `state.data_folder_in_use`,
 *   `request.invalid_usage` when the target holds something already or is in use, or the source is of an older Docket,
 *   `resource.unreadable` when something is damaged
 */
export async function moveToSharedStore(
  source: string,
  { address, environment, ...places }: OpenSharedStoreOptions,
): Promise<MoveReport> {
  const { readDatabaseAddress, findWay, openPostgresParts, moveDatabase } = await import('./postgres/index.js');
  const { config } = await findWay(readDatabaseAddress(address, environment));
  const target = await openPostgresParts({ ...places, config });
  try {
    return await moveDatabase(source, target);
  } finally {
    await target.contents.close();
    await target.database.close();
  }
}
