import { once } from 'node:events';
import { connect } from 'node:net';
import { PrivatePostgres } from '../../../packages/store/src/testing/private-postgres.js';
import { CuttableLink, noLink } from './cuttable-link.js';
import { startCuttableProxy } from './cuttable-proxy.js';

/** A PostgreSQL server as if on another machine: the way there can be cut. Disposing of it leaves nothing behind. */
export interface DistantPostgres extends AsyncDisposable {
  readonly postgres: PrivatePostgres;
  /** Of its database, the way that can be cut. */
  readonly url: string;
  /** From now on nothing comes through, neither way, and nobody is told. */
  cut(): void;
  mend(): void;
  /** Whether a new connection is answered. */
  answers(): Promise<boolean>;
}

/** Longest time for the answer to a new connection: on one machine it takes a few. */
const ANSWER_MS = 2_000;

/** Its length, and its code in PostgreSQL's protocol. */
const TLS_REQUEST = Buffer.from([0, 0, 0, 8, 0x04, 0xd2, 0x16, 0x2f]);

/** Starts one, in a network of its own where the machine allows that, else behind a proxy. */
export async function startDistantPostgres(): Promise<DistantPostgres> {
  if (noLink === undefined) return behindLink(await CuttableLink.start());
  console.log(`no network namespaces (${noLink}): a proxy stands for the way to PostgreSQL`);
  return behindProxy();
}

async function behindLink(link: CuttableLink): Promise<DistantPostgres> {
  const postgres = await PrivatePostgres.start({
    isFast: false,
    runBy: link.there,
    settings: ['listen_addresses=*'],
    access: ['host all all 0.0.0.0/0 trust'],
  });
  const url = postgres.url.replace('127.0.0.1', link.address);
  return {
    postgres,
    url,
    answers: () => answersAt(url),
    cut: () => link.cut(),
    mend: () => link.mend(),
    [Symbol.asyncDispose]: async () => {
      await postgres[Symbol.asyncDispose]();
      await link[Symbol.asyncDispose]();
    },
  };
}

async function behindProxy(): Promise<DistantPostgres> {
  const postgres = await PrivatePostgres.start({ isFast: false });
  const proxy = await startCuttableProxy(postgres.port);
  const url = postgres.url.replace(`:${postgres.port}`, `:${proxy.port}`);
  return {
    postgres,
    url,
    answers: () => answersAt(url),
    cut: proxy.cut,
    mend: proxy.mend,
    [Symbol.asyncDispose]: async () => {
      await proxy[Symbol.asyncDispose]();
      await postgres[Symbol.asyncDispose]();
    },
  };
}

/** Asks whether TLS is spoken: PostgreSQL answers that with one byte. */
async function answersAt(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  try {
    socket.write(TLS_REQUEST);
    await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
