import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { sqliteDriver } from './database.js';

const HOLDER = `
const connection = new (require(process.argv[1]))(process.argv[2]);
connection.exec(process.argv[3]);
process.stdin.on('end', () => process.exit()).resume();
console.log('held');`;

/**
 * Holds the database of a data folder in another process, until this is disposed of.
 * @param how What that process runs to get hold of it
 */
export async function holdDatabase(dataFolder: string, how: string): Promise<AsyncDisposable> {
  const child = spawn(process.execPath, ['-e', HOLDER, sqliteDriver, join(dataFolder, 'docket.db'), how], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const held = once(child.stdout, 'data');
  await Promise.race([held, ended.then(([code]) => Promise.reject(new Error(`the holder ended with ${code}`)))]);
  return {
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** What a program does that has the database to itself: nobody else can even read. */
export const ALONE = 'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE';

/** What a program does that writes and does not come to an end. */
export const WRITING = 'BEGIN IMMEDIATE';
