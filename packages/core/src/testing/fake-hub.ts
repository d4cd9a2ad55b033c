import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request that a {@link FakeHub} has seen. */
export interface SeenRequest {
  readonly host: 'hub' | 'storage';
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Bytes of the body that were sent back. */
  sentBytes: number;
}

/** Answers instead of the fake hub. `bytes` is what it would send, from the start that was asked for. */
export type Misbehaviour = (response: ServerResponse, answer: FakeAnswer) => void;

/** What the fake hub would answer. */
export interface FakeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

export const FAKE_COMMIT = 'c0ffee'.padEnd(40, '0');

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/**
 * A small hub on two ports of 127.0.0.1: the hub, and the storage that its large files (`.onnx`, `.safetensors`) are
 * redirected to. Speaks the list of a repository, `resolve`, ranges with `If-Range`, and misbehaves when told to.
 */
export class FakeHub implements AsyncDisposable {
  /** Content by path. */
  readonly files = new Map<string, Buffer>();
  readonly requests: SeenRequest[] = [];
  /** Base URL of the hub. */
  url = '';
  /** Base URL of the storage. */
  storageUrl = '';
  repository = 'owner/model';
  commit = FAKE_COMMIT;
  /** Fields that replace those of the list of files. */
  list: Record<string, unknown> = {};
  /** SHA-256 that is announced instead of the true one. */
  announcedHash: string | undefined;
  /** Whether sizes and hashes are left out of the list and the headers, as some mirrors do. */
  isTerse = false;
  readonly #misbehaviours: { path: RegExp; act: Misbehaviour }[] = [];
  readonly #hub: Server;
  readonly #storage: Server;

  private constructor() {
    this.#hub = createServer((request, response) => this.#answer('hub', request, response));
    this.#storage = createServer((request, response) => this.#answer('storage', request, response));
  }

  static async start(files: Readonly<Record<string, Buffer | string>> = {}): Promise<FakeHub> {
    const hub = new FakeHub();
    for (const [path, content] of Object.entries(files)) hub.files.set(path, Buffer.from(content));
    hub.url = await listen(hub.#hub);
    hub.storageUrl = await listen(hub.#storage);
    return hub;
  }

  /** Lets the next request whose path matches be answered otherwise; several such calls queue up. */
  next(path: RegExp, act: Misbehaviour, times = 1): void {
    for (let time = 0; time < times; time++) this.#misbehaviours.push({ path, act });
  }

  /** Requests whose path matches, without those that were only redirected. */
  seen(path: RegExp): SeenRequest[] {
    return this.requests.filter((request) => path.test(request.path));
  }

  /** Bytes of a file that were sent, over all requests. */
  sentBytes(path: RegExp): number {
    return this.seen(path).reduce((sum, { sentBytes }) => sum + sentBytes, 0);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const server of [this.#hub, this.#storage]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  #answer(host: SeenRequest['host'], request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url ?? '');
    const seen: SeenRequest = { host, path, headers: request.headers, sentBytes: 0 };
    this.requests.push(seen);
    countBytes(response, seen);
    const answer = host === 'hub' ? this.#hubAnswer(path, request) : this.#storedAnswer(path, request);
    const index = this.#misbehaviours.findIndex(({ path: pattern }) => pattern.test(path));
    const misbehaviour = index < 0 || answer.status === 302 ? undefined : this.#misbehaviours.splice(index, 1)[0];
    if (misbehaviour) misbehaviour.act(response, answer);
    else {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': String(answer.bytes.length) });
      response.end(answer.bytes);
    }
  }

  #hubAnswer(path: string, request: IncomingMessage): FakeAnswer {
    const list = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/([^?]+)/.exec(path);
    if (list) {
      if (list[1] !== this.repository) return empty(404, { 'x-error-code': 'RepoNotFound' });
      const isKnown = list[2] === 'main' || list[2] === this.commit;
      return isKnown ? json(this.#describe()) : empty(404, { 'x-error-code': 'RevisionNotFound' });
    }
    const file = path.slice(`/${this.repository}/resolve/${this.commit}/`.length);
    const bytes = this.files.get(file);
    if (!bytes || !path.startsWith(`/${this.repository}/resolve/${this.commit}/`)) return empty(404);
    if (!isLarge(file)) return ranged(bytes, request);
    const headers: Record<string, string> = { location: `${this.storageUrl}/objects/${file}` };
    if (!this.isTerse) {
      headers['x-linked-etag'] = `"${this.announcedHash ?? sha256(bytes)}"`;
      headers['x-linked-size'] = String(bytes.length);
    }
    return empty(302, headers);
  }

  #storedAnswer(path: string, request: IncomingMessage): FakeAnswer {
    const bytes = this.files.get(path.slice('/objects/'.length));
    return bytes ? ranged(bytes, request) : empty(404);
  }

  #describe(): object {
    const siblings = [...this.files].map(([rfilename, bytes]) => {
      if (this.isTerse) return { rfilename };
      const lfs = isLarge(rfilename)
        ? { lfs: { sha256: this.announcedHash ?? sha256(bytes), size: bytes.length, pointerSize: 130 } }
        : {};
      return { rfilename, size: bytes.length, ...lfs };
    });
    return { id: this.repository, sha: this.commit, siblings, ...this.list };
  }
}

/** Sends so many bytes of the answer, then cuts the connection. What was sent has to be read by then: a closed connection takes the rest along. */
export function dropAfter(count: number): Misbehaviour {
  return (response, { status, headers, bytes }) => {
    response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, count), () => setTimeout(() => response.destroy(), 100));
  };
}

/** Sends so many bytes of the answer, then nothing more. */
export function stallAfter(count: number): Misbehaviour {
  return (response, { status, headers, bytes }) => {
    response.writeHead(status, { ...headers, 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, count));
  };
}

/** Ends the answer properly after so many bytes, as if that were all. */
export function endAfter(count: number): Misbehaviour {
  return (response, { status, headers, bytes }) => {
    response.writeHead(status, headers);
    response.end(bytes.subarray(0, count));
  };
}

/** Sends these bytes instead, with a status of its own. */
export function send(
  content: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
  status?: number,
): Misbehaviour {
  return (response, answer) => {
    response.writeHead(status ?? answer.status, { ...answer.headers, ...headers });
    response.end(content);
  };
}

/** Sends a status and no body. */
export function refuse(status: number, headers: Readonly<Record<string, string>> = {}): Misbehaviour {
  return (response) => response.writeHead(status, headers).end();
}

function ranged(bytes: Buffer, { headers }: IncomingMessage): FakeAnswer {
  const etag = `"${sha256(bytes).slice(0, 40)}"`;
  const known = { etag, 'accept-ranges': 'bytes', 'content-type': 'application/octet-stream' };
  const start = Number(/^bytes=(\d+)-$/.exec(headers.range ?? '')?.[1] ?? Number.NaN);
  const isUnchanged = headers['if-range'] === undefined || headers['if-range'] === etag;
  if (Number.isNaN(start) || !isUnchanged) return { status: 200, headers: known, bytes };
  if (start >= bytes.length) return empty(416, { 'content-range': `bytes */${bytes.length}` });
  const range = { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` };
  return { status: 206, headers: { ...known, ...range }, bytes: bytes.subarray(start) };
}

function isLarge(path: string): boolean {
  return /\.(?:onnx|safetensors)$/.test(path);
}

function json(content: object): FakeAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, bytes: Buffer.from(JSON.stringify(content)) };
}

function empty(status: number, headers: Readonly<Record<string, string>> = {}): FakeAnswer {
  return { status, headers, bytes: Buffer.alloc(0) };
}

function countBytes(response: ServerResponse, seen: SeenRequest): void {
  const count = (chunk: unknown) => {
    if (typeof chunk === 'string' || chunk instanceof Uint8Array) seen.sentBytes += Buffer.byteLength(chunk);
  };
  const write = response.write.bind(response) as (...values: unknown[]) => boolean;
  const end = response.end.bind(response) as (...values: unknown[]) => ServerResponse;
  // `end` writes its chunk without calling `write`.
  Object.assign(response, {
    write: (...values: unknown[]) => {
      count(values[0]);
      return write(...values);
    },
    end: (...values: unknown[]) => {
      count(values[0]);
      return end(...values);
    },
  });
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
