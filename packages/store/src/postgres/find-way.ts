import { DocketError } from '@docket/core';
import pg, { type ClientConfig } from 'pg';
import type { DatabaseAddress } from './database-address.js';
import { connectionOptions } from './postgres-database.js';
import { isRefusal, toPostgresFault } from './postgres-faults.js';

/** What a server without TLS, or one that wants it (`pg_hba.conf`), says. */
const OTHER_WAY = /does not support SSL|no encryption|SSL off|SSL on|SSL encryption/;

const OLDEST_VERSION = 15;

/** A connection that can be made, and what is at its other end. */
export interface FoundWay {
  readonly config: ClientConfig;
  /** Such as `15.6`. */
  readonly serverVersion: string;
}

/**
 * Connects, with TLS or without as the address allows.
 * @throws DocketError `state.database_unreachable`, `request.invalid_configuration` when the database refuses who asks or is too
 *   old
 */
export async function findWay({ config, ways, shown }: DatabaseAddress): Promise<FoundWay> {
  let failure: unknown;
  for (const ssl of ways) {
    try {
      const way = { ...config, ssl };
      const serverVersion = await askVersion(way);
      assertNewEnough(serverVersion, shown);
      return { config: way, serverVersion };
    } catch (error) {
      if (!(error instanceof Error && OTHER_WAY.test(error.message))) throw explain(error, shown);
      failure = error;
    }
  }
  throw explain(failure, shown);
}

/** @throws DocketError `request.invalid_configuration` */
export function assertNewEnough(serverVersion: string, shown: string): void {
  if (Number.parseInt(serverVersion, 10) >= OLDEST_VERSION) return;
  const message = `the database ${shown} is PostgreSQL ${serverVersion}, and Docket needs ${OLDEST_VERSION} or later; upgrade it, or name another`;
  throw new DocketError('request.invalid_configuration', message, { data: { serverVersion } });
}

async function askVersion(config: ClientConfig): Promise<string> {
  const client = new pg.Client(connectionOptions(config));
  // A connection that is cut while it is closed.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(`SHOW server_version`);
    return String(rows[0]?.server_version).split(' ')[0] ?? '';
  } finally {
    await client.end().catch(() => {});
  }
}

function explain(error: unknown, shown: string): unknown {
  if (error instanceof DocketError) return error;
  const fault = toPostgresFault(error);
  if (fault instanceof DocketError) return new DocketError(fault.code, `${shown}: ${fault.message}`, { cause: error });
  if (!(error instanceof Error)) return error;
  const problem = isRefusal(error) ? 'refused the connection' : 'could not be connected to';
  const message = `the database ${shown} ${problem}: ${error.message}; check its address, user and password, and sslmode`;
  return new DocketError('request.invalid_configuration', message, { cause: error });
}
