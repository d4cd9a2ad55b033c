import { describe, expect, test } from 'vitest';
import { noPostgres, PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';
import { startServer } from '../support/docket-server.js';
import { startWorker } from '../support/docket-worker.js';
import { startCuttableProxy } from './support/cuttable-proxy.js';

const TIMEOUT_MS = 120_000;

describe.skipIf(noPostgres)(
  `processes that are cut off from their database${noPostgres ? ` (${noPostgres})` : ''}`,
  () => {
    test(
      'stop all the same',
      async () => {
        await using postgres = await PrivatePostgres.start();
        await using proxy = await startCuttableProxy(postgres.port);
        const database = postgres.url.replace(`:${postgres.port}`, `:${proxy.port}`);
        await using server = await startServer({ args: ['--no-worker', '--database', database] });
        await using worker = await startWorker({ database, args: ['--concurrency', '1'] });
        proxy.cut();
        worker.send('SIGTERM');
        const [serverCode, { exitCode: workerCode }] = await Promise.all([server.stop(), worker.ended]);
        expect({ serverCode, workerCode }).toEqual({ serverCode: 0, workerCode: 0 });
        for (const { log } of [server, worker]) expect(log()).toContain('"msg":"stopped"');
      },
      TIMEOUT_MS,
    );
  },
);
