import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Store, StoredFile } from './index.js';
import { DATABASE_NAME, openStore } from './open-store.js';
import { completeJob, createFile, createJob, OUTCOME, parsed } from './testing/samples.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const PHRASE = 'Xylophone-Quarterly-Ledger';

describe('deletion', () => {
  it('leaves nothing of a document in the data folder while the store is open', async () => {
    const { store, folder } = await openIn();
    const others = await createFiles(store, 'harmless', 30);
    const files = await createFiles(store, PHRASE, 2);
    await createFiles(store, 'harmless too', 30);
    expect(filesWith(PHRASE, folder).length).toBeGreaterThan(1);

    await store.files.delete(files[0]?.id ?? '');
    expect(filesWith(PHRASE, folder).length).toBeGreaterThan(1);
    await store.files.delete(files[1]?.id ?? '');
    expect(filesWith(PHRASE, folder)).toEqual([]);
    expect(filesWith('harmless', folder)).not.toEqual([]);
    expect(await store.files.get(others[0]?.id ?? '')).toEqual(others[0]);
  });

  it('leaves nothing of documents that retention deletes', async () => {
    const { store, folder } = await openIn();
    await createFiles(store, PHRASE, 2);
    const now = store.clock.now();
    await createFiles(store, 'harmless', 5);
    await store.files.deleteOld({ createdBefore: now, now }, 10);
    expect(filesWith(PHRASE, folder)).toEqual([]);
  });

  it('leaves nothing of quotes that are purged', async () => {
    const { store, folder } = await openIn();
    const { id, contentHash } = await createFile(store, 'harmless');
    const reasoning = `page 1 says "${PHRASE}"`;
    const result = { type: 'ledger', confidence: 0.9, reasoning };
    for (let count = 0; count < 3; count++) {
      await createJob(store);
      await completeJob(store, { result, explanation: { quote: PHRASE }, contentHash });
    }
    expect(filesWith(PHRASE, folder)).not.toEqual([]);
    await store.files.delete(id, { purgeQuotes: true });
    expect(filesWith(PHRASE, folder)).toEqual([]);
  });

  it('takes quotes out with the content, or leaves both: also when the quotes cannot be written', async () => {
    const { store, folder } = await openIn();
    const { id, contentHash } = await createFile(store, 'harmless');
    await createJob(store);
    const job = await completeJob(store, { contentHash });
    refuse(folder, 'UPDATE OF result_reasoning ON jobs');
    await expect(store.files.delete(id, { purgeQuotes: true })).rejects.toThrow('refused');
    expect(await store.files.locate(contentHash)).toBeDefined();
    expect(await store.jobs.explanation(job.id)).toBeDefined();
  });
});

/** Has the database refuse a change from now on. */
function refuse(folder: string, change: string): void {
  const sql = `CREATE TRIGGER refusal BEFORE ${change} BEGIN SELECT RAISE(ABORT, 'refused'); END`;
  // In another process, for to open and close a database here would drop SQLite's locks on it.
  const script = `new (require('better-sqlite3'))(process.argv[1]).exec(process.argv[2])`;
  const { status } = spawnSync(process.execPath, ['-e', script, join(folder, DATABASE_NAME), sql], {
    cwd: import.meta.dirname,
  });
  expect(status).toBe(0);
}

async function openIn() {
  const folder = await temporaryFolder();
  const store = await openStore({ folder });
  onTestFinished(() => store.close());
  return { store, folder };
}

/** Files of one content, all that can be kept of it, with a phrase in everything. */
async function createFiles(store: Store, phrase: string, count: number): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for (let index = 0; index < count; index++) {
    const file = await createFile(store, `about ${phrase}`, { name: `${phrase} ${index}.txt`, externalFileId: phrase });
    await keepReading(store, file, phrase);
    files.push(file);
  }
  return files;
}

async function keepReading(store: Store, file: StoredFile, phrase: string): Promise<void> {
  const head = { format: 'txt' as const, pageCount: 3, title: phrase, readerIdentity: OUTCOME.readerIdentity };
  // Pages that fit into one of the database's and pages that do not.
  const pages = [1, 500, 5000].map((times, index) => ({ number: index + 1, data: Buffer.from(phrase.repeat(times)) }));
  await store.pages.keep({ contentHash: file.contentHash, extension: '.txt' }, { head, pages });
  await parsed(store, file);
}

/** Files with a text in them. In another process, for to open and close a database here would drop SQLite's locks on it. */
function filesWith(text: string, folder: string): string[] {
  const { status, stdout } = spawnSync('grep', ['-rlaF', text, folder], { encoding: 'utf8' });
  expect(status).toBeLessThan(2);
  return stdout.split('\n').filter((line) => line !== '');
}
