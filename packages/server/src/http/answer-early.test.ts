import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Store } from '@docket/store';
import { describe, expect, it } from 'vitest';
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
