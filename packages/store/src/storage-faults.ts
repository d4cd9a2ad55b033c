import { DocketError, type ErrorCode } from '@docket/core';

/** What the operating system and SQLite say, by what it means. Unlisted codes of a family count by its first words. */
const MEANINGS: readonly (readonly [pattern: RegExp, code: ErrorCode])[] = [
  [/^(ENOSPC|EDQUOT|SQLITE_FULL|SQLITE_IOERR_SHMSIZE)$/, 'capacity.disk_full'],
  [/^SQLITE_(BUSY|LOCKED)/, 'state.database_locked'],
  [/^(EROFS|EACCES|EPERM|EIO|SQLITE_(READONLY|IOERR|CANTOPEN|PERM).*)$/, 'state.data_folder_unwritable'],
];

const REMEDIES: Partial<Record<ErrorCode, string>> = {
  'capacity.disk_full':
    'the disk is full; free space on the disk of the data folder, by deleting files or otherwise, and try again',
  'state.database_locked':
    'another program holds the database; end it (a database browser, a script, a copy of the file) and try again',
  'state.data_folder_unwritable':
    'the data folder cannot be written; see that its disk is sound and mounted for writing, and that the folder belongs to the user that Docket runs as',
  'state.database_unreachable':
    'the database cannot be reached, or does not take writes; see that it runs and that the network lets this machine through, and try again',
};

/** Why something could not be stored that could be stored later, and what to do: as it is thrown at callers. */
export type StorageFault = DocketError;

/** Whether something was not stored, and is worth trying again when somebody has made room or way for it. */
export function isStorageFault(thrown: unknown): thrown is StorageFault {
  return thrown instanceof DocketError && REMEDIES[thrown.code] !== undefined;
}

/** The fault of a code, with the remedy for it. */
export function toFault(code: ErrorCode, cause: unknown): StorageFault {
  return new DocketError(code, `${REMEDIES[code]}`, { cause });
}

/**
 * Turns what the system says into `capacity.disk_full`, `state.database_locked` or `state.data_folder_unwritable`; anything
 * else stays as it is.
 * @param folder The data folder, where the message may name it: not in answers to requests
 */
export function toStorageFault(thrown: unknown, folder?: string): unknown {
  const systemCode = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const code = isStorageFault(thrown) ? thrown.code : MEANINGS.find(([pattern]) => pattern.test(systemCode))?.[1];
  if (code === undefined) return thrown;
  const message = folder === undefined ? `${REMEDIES[code]}` : `${folder} cannot be used: ${REMEDIES[code]}`;
  return new DocketError(code, message, { cause: isStorageFault(thrown) ? thrown.cause : thrown });
}

/** Does something with files, and throws what went wrong as {@link toStorageFault} tells it. */
export async function withStorageFaults<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    throw toStorageFault(error);
  }
}
