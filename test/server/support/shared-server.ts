import { afterAll, beforeAll } from 'vitest';
import { type DocketServer, type ServerOptions, startServer } from '../../support/docket-server.js';
import { ApiClient } from './api-client.js';

/** A server that runs while the tests of a suite do, and a client of it. To be asked for its parts in tests alone. */
export interface SharedServer {
  readonly client: ApiClient;
  readonly url: string;
  readonly processId: number;
  readonly dataFolder: string;
}

/** Starts a server before the tests of the suite that this is called in, and stops it after them. */
export function sharedServer(options: ServerOptions = {}): SharedServer {
  let server: DocketServer | undefined;
  beforeAll(async () => {
    server = await startServer(options);
  }, 90_000);
  afterAll(() => server?.[Symbol.asyncDispose]());
  const running = () => {
    if (!server) throw new Error('the server runs in tests alone');
    return server;
  };
  return {
    get client() {
      return new ApiClient(running().url);
    },
    get url() {
      return running().url;
    },
    get processId() {
      return running().processId;
    },
    get dataFolder() {
      return running().dataFolder;
    },
  };
}
