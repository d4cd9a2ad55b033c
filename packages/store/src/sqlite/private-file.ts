import { closeSync, openSync } from 'node:fs';
import { hasCode } from '../file-errors.js';

/** Makes an empty file that only its owner can read, unless it is there: SQLite itself would let the whole group read it. */
export function createPrivateFile(path: string): void {
  try {
    // Never opens what is there: closing it again would drop the locks that SQLite holds on it in this process.
    closeSync(openSync(path, 'wx', 0o600));
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}
