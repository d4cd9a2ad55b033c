import { readFile } from 'node:fs/promises';
import { DocketError } from '../errors.js';
import type { SettingValues } from './settings.js';

/** What the configuration says of the database. */
export type DatabaseSettings = Pick<SettingValues, 'database' | 'databaseFile' | 'filesFolder'>;

/**
 * The address of the database that servers and workers share; undefined where SQLite in the data folder is meant.
 * @throws DocketError `request.invalid_configuration` when two are given, or a folder of files without one;
 *   `resource.file_not_found`
 */
export async function databaseAddressOf(values: DatabaseSettings): Promise<string | undefined> {
  const { database, databaseFile, filesFolder } = values;
  if (database !== '' && databaseFile !== '') {
    throw invalid('the settings database and databaseFile both name a database; keep one of them');
  }
  const address = databaseFile === '' ? database : await readAddress(databaseFile);
  if (address !== '') return address;
  if (filesFolder === '') return undefined;
  throw invalid('the setting filesFolder is for a PostgreSQL database; name one with --database, or leave it out');
}

async function readAddress(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    const message = `the file ${file} with the address of the database cannot be read; check --database-file`;
    throw new DocketError('resource.file_not_found', message, { cause });
  });
  const address = text.trim();
  if (address === '') throw invalid(`the file ${file} is empty; write the address of the database into it`);
  return address;
}

function invalid(message: string): DocketError {
  return new DocketError('request.invalid_configuration', message);
}
