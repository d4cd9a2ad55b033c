import { join } from 'node:path';
import { afterAll, beforeAll, describe } from 'vitest';
import { noPostgres, PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';
import type { ServerOptions } from '../support/docket-server.js';
import { type DocketWorker, startWorker } from '../support/docket-worker.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { createRecorder } from './coverage/recorder.js';
import { declareClients } from './declare-clients.js';
import { ALLOWED_ORIGIN, API_KEY, type Stage, serversForSuite } from './stage.js';

describe.skipIf(noPostgres)(`on PostgreSQL${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const keys = temporaryFolder({ keys: `${API_KEY}\n` });
  let postgres: PrivatePostgres;
  let worker: DocketWorker;

  beforeAll(async () => {
    postgres = await PrivatePostgres.start();
  }, 60_000);
  afterAll(() => postgres?.[Symbol.asyncDispose]());

  // Each with a database of its own, empty at first.
  const on = (name: string, { args = [], env = {} }: ServerOptions = {}) => {
    return () => ({ args: ['--database', postgres.createDatabase(name), ...args], env });
  };
  const stage: Stage = {
    // The work is done by a process of its own; the others do theirs themselves.
    ...serversForSuite({
      server: on('shared', { args: ['--no-worker'] }),
      keyed: on('keyed', { args: ['--api-key-file', join(keys, 'keys')] }),
      busy: on('busy', { args: ['--concurrency', '1', '--allow-origin', ALLOWED_ORIGIN] }),
      crowded: on('crowded', { args: ['--concurrency', '1'], env: { DOCKET_JOBS_MAX_PENDING: '1' } }),
    }),
    recorder: createRecorder(),
  };
  beforeAll(async () => {
    worker = await startWorker({ database: postgres.urlOf('shared') });
  }, 90_000);
  afterAll(() => worker?.[Symbol.asyncDispose]());

  declareClients(stage);
});
