import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SqliteDatabase } from './database.js';

vi.mock('node:worker_threads', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:worker_threads')>();
  class UnstartableWorker {
    constructor() {
      throw new Error('no thread can be started');
    }
  }
  return { ...original, Worker: vi.fn(UnstartableWorker) };
});

it('leaves what was written written when no thread can be started to move the log', async () => {
  const database = new SqliteDatabase(join(await temporaryFolder(), 'docket.db'));
  onTestFinished(() => database.close());
  database.configure();
  database.execute('CREATE TABLE texts (text TEXT NOT NULL)');
  const text = 'a'.repeat(1_000_000);
  for (let count = 0; count < 64; count++) {
    database.write(() => database.run('INSERT INTO texts (text) VALUES (@text)', { text }));
  }
  expect(Worker).toHaveBeenCalled();
  expect(database.get('SELECT COUNT(*) AS count FROM texts')).toEqual({ count: 64 });
});
