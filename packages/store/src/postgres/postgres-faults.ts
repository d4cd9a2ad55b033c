import { DocketError, type ErrorCode } from '@docket/core';
import { toFault } from '../storage-faults.js';

/** What PostgreSQL (SQLSTATE) and the network say, by what it means. */
const MEANINGS: readonly (readonly [pattern: RegExp, code: ErrorCode])[] = [
  // Connections: refused, broken, ended by an administrator, a crash or a pause too long, too many; a server that starts, only
  // reads, or has no memory or files left.
  [/^(08...|57P0[1-5]|25P03|53200|53300|53400|25006)$/, 'state.database_unreachable'],
  [
    /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|E(HOST|NET)(UNREACH|DOWN))$/,
    'state.database_unreachable',
  ],
  // A socket that is not there any more, or not yet.
  [/^ENOENT$/, 'state.database_unreachable'],
  [/^53100$/, 'capacity.disk_full'],
  [/^55P03$/, 'state.database_locked'],
];

/** What the client says without a code. */
const LOST =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client has encountered a connection error|Client was closed|Connection ended)/;

/** Whether a transaction failed for others that ran beside it: to do it again helps. */
export function isCollision(thrown: unknown): boolean {
  return /^(40001|40P01)$/.test(codeOf(thrown));
}

/** Whether the database refused who asked, or does not exist: nothing that waiting mends. */
export function isRefusal(thrown: unknown): boolean {
  return /^(28...|3D000|42501)$/.test(codeOf(thrown));
}

/** Whether a connection cannot be used any more. */
export function isLost(thrown: unknown): boolean {
  return thrown instanceof DocketError && thrown.code === 'state.database_unreachable';
}

/** Turns what PostgreSQL and the network say into a fault of the storage where it is one; anything else stays as it is. */
export function toPostgresFault(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || thrown instanceof DocketError) return thrown;
  const systemCode = codeOf(thrown);
  const code = LOST.test(thrown.message)
    ? 'state.database_unreachable'
    : MEANINGS.find(([pattern]) => pattern.test(systemCode))?.[1];
  return code === undefined ? thrown : toFault(code, thrown);
}

function codeOf(thrown: unknown): string {
  // Of several addresses of a host, each was tried.
  const [first] = thrown instanceof AggregateError ? thrown.errors : [thrown];
  return first instanceof Error && 'code' in first ? String(first.code) : '';
}
