import { EventEmitter, once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Store } from '@docket/store';
import { describe, expect, it } from 'vitest';
import { TestServer } from '../testing/test-server.js';
import { readAnswer, startUpload } from '../testing/upload-stream.js';

const MIB = 1024 ** 2;

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

  it('ends with its connection, however long its client goes on', async () => {
    await using server = await TestServer.start();
    const upload = startUpload(server.url);
    await upload.send(1000 * MIB);
    const answer = await upload.response;
    await readAnswer(answer);
    if (!answer.socket.destroyed) await once(answer.socket, 'close');
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
    const entries = await readdir(join(server.folder, 'files'), { recursive: true, withFileTypes: true });
    expect(entries.filter((entry) => entry.isFile())).toEqual([]);
    expect((await server.call('GET', '/api/v1/beta/files')).json.total_size).toBe(0);
  });
});

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
