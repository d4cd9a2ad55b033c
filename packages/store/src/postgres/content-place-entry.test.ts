import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Store } from '../index.js';
import { postgresForSuite } from '../testing/open-postgres-store.js';
import { noPostgres } from '../testing/private-postgres.js';
import { createFile } from '../testing/samples.js';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { FOLDER_MARK } from './content-place-entry.js';
import { openPostgresStore } from './open-postgres-store.js';
import { PostgresDatabase } from './postgres-database.js';

describe.skipIf(noPostgres)(`the place of bytes${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  const stores: Store[] = [];
  let databases = 0;

  afterEach(() => Promise.all(stores.splice(0).map((store) => store.close())));

  function newDatabase() {
    const database = `placed_${databases++}`;
    suite.server.createDatabase(database);
    return { ...suite.server.config, database };
  }

  async function open(config: ReturnType<typeof newDatabase>, filesFolder?: string): Promise<Store> {
    const store = await openPostgresStore({ config, home: await temporaryFolder(), filesFolder });
    stores.push(store);
    return store;
  }

  const refused = (message: RegExp) => ({
    code: 'request.invalid_configuration',
    message: expect.stringMatching(message),
  });

  it('is the same for all processes: others are told which it is, and how to name it', async () => {
    const [inDatabase, inFolder] = [newDatabase(), newDatabase()];
    const [folder, other] = [await temporaryFolder(), await temporaryFolder()];
    await open(inDatabase);
    await expect(open(inDatabase, folder)).rejects.toMatchObject(
      refused(/files in itself, and not in .*leave --files/),
    );
    await Promise.all([open(inFolder, folder), open(inFolder, folder)]);
    await expect(open(inFolder)).rejects.toMatchObject(refused(/in a shared folder.*name it with --files/));
    await expect(open(inFolder, other)).rejects.toMatchObject(
      refused(/does not have its mark.*see that it is mounted/),
    );
    await expect(open(newDatabase(), folder)).rejects.toMatchObject(refused(/has the bytes of another database/));
    await open(inFolder, folder);
  });

  it('is written down for a database of before by what lies where', async () => {
    const config = newDatabase();
    const store = await open(config);
    await createFile(store, 'a');
    await forget(config);
    await expect(open(config, await temporaryFolder())).rejects.toMatchObject(refused(/files in itself/));
    await open(config);
    await using database = await connect(config);
    await database.runPlain('UPDATE docket.contents SET blob_id = NULL');
    await forget(config);
    await expect(open(config)).rejects.toMatchObject(refused(/in a shared folder/));
  });

  it('is waited for while it is not mounted: nothing counts as deleted', async () => {
    const [config, home] = [newDatabase(), await temporaryFolder()];
    const folder = join(home, 'mounted');
    const store = await open(config, folder);
    const { contentHash } = await createFile(store, 'a');
    await rename(folder, join(home, 'away'));
    await mkdir(folder);
    const fault = { code: 'state.data_folder_unwritable', message: expect.stringContaining('see that it is mounted') };
    await expect(store.files.locate(contentHash)).rejects.toMatchObject(fault);
    await expect(store.files.read(contentHash)).rejects.toMatchObject(fault);
    await expect(createFile(store, 'b')).rejects.toMatchObject(fault);
    await expect(store.probe()).rejects.toMatchObject(fault);
    await rm(folder, { recursive: true });
    await rename(join(home, 'away'), folder);
    expect(await store.files.locate(contentHash)).toMatchObject({ path: expect.stringContaining(contentHash) });
    // Only the mark tells a folder from the place where it is mounted.
    await rm(join(folder, FOLDER_MARK));
    await expect(store.files.locate(contentHash)).rejects.toMatchObject(fault);
  });

  it('that another process did not keep to makes bytes unreachable, and not deleted', async () => {
    const config = newDatabase();
    const store = await open(config);
    const { contentHash } = await createFile(store, 'a');
    await using database = await connect(config);
    await database.runPlain('UPDATE docket.contents SET blob_id = NULL');
    const fault = { code: 'state.data_folder_unwritable', message: expect.stringContaining('the same --files') };
    await expect(store.files.locate(contentHash)).rejects.toMatchObject(fault);
    await expect(store.files.read(contentHash)).rejects.toMatchObject(fault);
  });

  async function forget(config: ReturnType<typeof newDatabase>): Promise<void> {
    await using database = await connect(config);
    await database.runPlain(`DELETE FROM docket.meta WHERE name = 'files_place'`);
  }

  async function connect(config: ReturnType<typeof newDatabase>) {
    const database = new PostgresDatabase(config);
    return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
  }
});
