import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '@docket/store';
import { describe, expect, it } from 'vitest';
import { exchangeBytes } from '../testing/exchange-bytes.js';
import { FORM_TYPE } from '../testing/multipart.js';
import { TestServer } from '../testing/test-server.js';
import { readAnswer, startUpload } from '../testing/upload-stream.js';

const MIB = 1024 ** 2;
const CHUNK = Buffer.alloc(64 * 1024);

describe('an upload over the limit', () => {
  it('is refused by its declared length, before it is read', async () => {
    await using server = await TestServer.start();
    const upload = startUpload(server.url, { 'content-length': String(10_000 * MIB) });
    const answer = await upload.response;
    expect(answer.statusCode).toBe(413);
    expect(answer.headers).toMatchObject({ connection: 'close', 'docket-error-code': 'request.too_large' });
    expect(await readAnswer(answer)).toEqual({ detail: `The file is larger than ${MIB} bytes` });
    upload.request.destroy();
  });

  it('is refused as soon as it is too long when it is chunked, and its client can read the answer', async () => {
    await using server = await TestServer.start();
    const upload = startUpload(server.url);
    const sent = await upload.send(1000 * MIB);
    const answer = await upload.response;
    expect(answer.statusCode).toBe(413);
    expect(answer.headers.connection).toBe('close');
    expect(await readAnswer(answer)).toEqual({ detail: expect.stringContaining(String(MIB)) });
    expect(sent).toBeLessThan(100 * MIB);
    upload.request.destroy();
  });

  it('is refused when it is everything but the file that is too long', async () => {
    await using server = await TestServer.start();
    const response = await fetch(`${server.url}/api/v1/beta/files`, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: Buffer.alloc(6 * MIB, 'a preamble without end '),
    });
    expect(response.status).toBe(413);
  });

  it('ends the connection of a client that never stops sending, after it could read the answer', async () => {
    await using server = await TestServer.start();
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `POST /api/v1/beta/files HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: ${FORM_TYPE}`;
    socket.write(`${head}\r\ncontent-length: ${MIB ** 2}\r\n\r\n`);
    const send = () => {
      while (socket.writable && socket.write(CHUNK));
    };
    socket.on('drain', send).on('error', () => {});
    send();
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes;
    });
    // An error comes first: what is sent meets a closed connection.
    await new Promise((resolve) => socket.on('close', resolve));
    expect(received).toMatch(
      /^HTTP\/1\.1 413 .*\r\nconnection: close\r\n.*"The file is larger than 1048576 bytes"\}$/is,
    );
    expect((await server.call('GET', '/api/v1/beta/files')).status).toBe(200);
  });
});

describe('an answer before the end of the body', () => {
  it('comes at once, whatever it says', async () => {
    await using server = await TestServer.start();
    const upload = startUpload(server.url, { 'content-type': 'text/plain' });
    const answer = await upload.response;
    expect(answer.statusCode).toBe(422);
    expect(answer.headers.connection).toBe('close');
    upload.request.destroy();
  });
});

describe('a download whose request has a body that does not come', () => {
  const BYTES = 32 * MIB;

  it('is streamed: the server holds no more of it than a client that does not read has room for', async () => {
    let readBytes = 0;
    const count = (bytes: number) => {
      readBytes += bytes;
    };
    await using server = await TestServer.start({ maxUploadBytes: BYTES }, (store) => countReads(store, count));
    const url = await downloadUrlOf(server, await server.upload('a.txt', 'x'.repeat(BYTES)));
    const socket = connect(Number(url.port), url.hostname);
    socket.write(`GET ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: 1\r\n\r\n`);
    await untilItRests(() => readBytes);
    expect(readBytes).toBeGreaterThan(0);
    expect(readBytes).toBeLessThan(BYTES / 2);
    const answer = await text(socket);
    const head = answer.slice(0, answer.indexOf('\r\n\r\n') + 4);
    expect(head).toMatch(/^HTTP\/1\.1 200 /);
    expect(head.toLowerCase()).toContain('connection: close\r\n');
    expect(head.toLowerCase()).toContain(`content-length: ${BYTES}\r\n`);
    expect(answer.length - head.length).toBe(BYTES);
  });

  it('has the length of the file in the answer to HEAD', async () => {
    await using server = await TestServer.start();
    const url = await downloadUrlOf(server, await server.upload('a.txt', 'the bytes'));
    const head = `HEAD ${url.pathname}${url.search} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-length: 1\r\n\r\n`;
    expect((await exchangeBytes(Number(url.port), head)).toLowerCase()).toContain('\r\ncontent-length: 9\r\n');
  });
});

describe('an upload that breaks off', () => {
  it('leaves no bytes behind', async () => {
    const receptions = new EventEmitter<{ begin: [Promise<unknown>] }>();
    await using server = await TestServer.start({}, (store) => announceReceptions(store, receptions));
    const begin = once(receptions, 'begin');
    const upload = startUpload(server.url);
    await upload.send(MIB / 2);
    const [reception] = await begin;
    upload.request.destroy();
    await expect(reception).rejects.toThrow();
    expect(await filesBelow(join(server.folder, 'files'))).toEqual([]);
    expect((await server.call('GET', '/api/v1/beta/files')).json.total_size).toBe(0);
  });
});

describe('an upload that stops coming', () => {
  it('is ended, and holds neither a connection nor anything on disk', async () => {
    const receptions = new EventEmitter<{ begin: [Promise<unknown>] }>();
    const announce = (store: Store) => announceReceptions(store, receptions);
    await using server = await TestServer.start({}, announce, { idleTimeoutMs: 100 });
    const begin = once(receptions, 'begin');
    const upload = startUpload(server.url);
    await upload.send(MIB / 2);
    expect((await upload.response).statusCode).toBe(408);
    const [reception] = await begin;
    await expect(reception).rejects.toThrow();
    expect(await filesBelow(join(server.folder, 'files'))).toEqual([]);
    expect((await server.call('GET', '/api/v1/beta/files')).json.total_size).toBe(0);
  });
});

async function filesBelow(folder: string) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile());
}

async function downloadUrlOf(server: TestServer, fileId: string): Promise<URL> {
  return new URL((await server.call('GET', `/api/v1/beta/files/${fileId}/content`)).json.url);
}

/** Waits until a number has not changed for a while. */
async function untilItRests(count: () => number): Promise<void> {
  for (let last = -1; last !== count() || last === 0; await delay(300)) last = count();
}

/** A store that tells how many bytes are read of contents. */
function countReads(store: Store, count: (bytes: number) => void): Store {
  const { files } = store;
  const read = files.read.bind(files);
  files.read = async (contentHash) => {
    const stream = await read(contentHash);
    return Readable.from(counted(stream, count));
  };
  return store;
}

async function* counted(stream: Readable, count: (bytes: number) => void) {
  for await (const chunk of stream) {
    count(chunk.length);
    yield chunk;
  }
}

/** A store that tells when it begins to receive bytes. */
function announceReceptions(store: Store, receptions: EventEmitter<{ begin: [Promise<unknown>] }>): Store {
  const { files } = store;
  const receive = files.receive.bind(files);
  files.receive = (...args) => {
    const reception = receive(...args);
    receptions.emit('begin', reception);
    return reception;
  };
  return store;
}
