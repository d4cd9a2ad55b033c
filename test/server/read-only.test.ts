import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ApiClient } from './support/api-client.js';
import { startAudit } from './support/audit.js';
import { blobsIn } from './support/data-folder.js';
import { checkIntegrity } from './support/database.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { launchRefused, launchServer } from './support/launch-server.js';
import { mountReadOnly, mountSmallDisk, noPrivateMounts, privateMounts } from './support/private-mounts.js';
import { canRefuseWrites, refuseWrites } from './support/refused-writes.js';

const DISK_MB = 64;
const NO_FLOOR = { DOCKET_DISK_MIN_FREE_MB: '0' };

if (noPrivateMounts !== undefined) console.log(`read-only folder: skipped, ${noPrivateMounts}`);
else if (!canRefuseWrites) console.log('a disk that turns read-only: skipped, needs strace');

describe.skipIf(noPrivateMounts !== undefined)('a read-only data folder', () => {
  test.each(['with data', 'without any'])('a server does not start on one %s, and says why', async (state) => {
    using mounts = await privateMounts();
    const dataFolder = mountSmallDisk(mounts, DISK_MB);
    const launch = { dataFolder, launcher: mounts.launcher, env: NO_FLOOR };
    if (state === 'with data') await startAudit(dataFolder, mounts);
    mountReadOnly(mounts, dataFolder);
    expect(() => writeFileSync(mounts.seen(join(dataFolder, 'plain')), 'x')).toThrow('EROFS');
    const { exitCode, message } = await launchRefused(launch);
    expect(exitCode).toBe(1);
    expect(message).toMatch(new RegExp(`${dataFolder} cannot be used: the data folder cannot be written; see that`));
    expect(message).not.toMatch(/report|\n\s+at /);

    mounts.run('umount', dataFolder);
    await using server = launchServer(launch);
    await server.ready;
  });

  test.runIf(canRefuseWrites)('a disk that turns read-only under a server, and writable again', async () => {
    using mounts = await privateMounts();
    const dataFolder = mountSmallDisk(mounts, DISK_MB);
    await using server = launchServer({ dataFolder, launcher: mounts.launcher, env: NO_FLOOR });
    const client = new ApiClient(await server.address);
    await server.ready;
    const { id: file_input } = await client.upload(tinyInvoice());
    const body = { file_input, configuration: CONFIGURATION, transaction_id: 'refused' };
    const ended = await client.classify({ ...body, transaction_id: 'before' });
    const before = blobsIn(mounts.seen(dataFolder));
    {
      mountReadOnly(mounts, dataFolder);
      expect(() => writeFileSync(mounts.seen(join(dataFolder, 'plain')), 'x')).toThrow('EROFS');
      const open = ['docket.db', 'docket.db-wal'].map((name) => join(dataFolder, name));
      await using _refused = await refuseWrites(server.processId, open);
      for (const answer of [await client.sendFile(tinyInvoice(2)), await client.sendCreate(body)]) {
        expect({ status: answer.status, code: answer.headers.get('docket-error-code'), body: answer.body }).toEqual({
          status: 503,
          code: 'state.data_folder_unwritable',
          body: { detail: expect.stringMatching(/^the data folder cannot be written; see that its disk is sound/) },
        });
      }
      expect(await client.job(ended.id)).toEqual(ended);
      expect((await client.send('GET', '/health/live')).status).toBe(200);
      expect((await client.send('GET', '/health/ready')).status).toBe(503);
      expect(blobsIn(mounts.seen(dataFolder))).toEqual(before);
    }
    mounts.run('umount', dataFolder);
    await client.upload(tinyInvoice(2));
    expect(await client.classify(body)).toMatchObject({ status: 'COMPLETED', transaction_id: 'refused' });
    expect(await client.jobs()).toHaveLength(2);
    expect((await client.send('GET', '/health/ready')).status).toBe(200);
    server.send('SIGTERM');
    expect(await server.ended).toMatchObject({ exitCode: 0 });
    expect(checkIntegrity(dataFolder, mounts)).toEqual(['ok']);
  });
});
