import type { ClassifyConfiguration } from '../ports/job-store.js';
import { COMMON_JOB_COLUMNS } from '../rows/job-rows.js';
import type { SqliteDatabase } from './database.js';
import { sha256 } from './sha256.js';

/** The columns of a `JobRow`, of a statement about `jobs`. */
export const JOB_COLUMNS = `${COMMON_JOB_COLUMNS},
  (SELECT text FROM job_configurations WHERE key = configuration_key) AS configuration`;

const STATEMENTS = {
  find: 'SELECT key FROM job_configurations WHERE hash = @hash',
  keep: 'INSERT INTO job_configurations (hash, text) VALUES (@hash, @text) RETURNING key',
};

/** Keeps what a job runs with, as part of the transaction that creates the job. @returns Its key */
export function keepJobConfiguration(database: SqliteDatabase, configuration: ClassifyConfiguration): number {
  const text = JSON.stringify(configuration);
  const hash = sha256(text);
  const known = database.get<{ key: number }>(STATEMENTS.find, { hash });
  return (known ?? database.getOne<{ key: number }>(STATEMENTS.keep, { hash, text })).key;
}
