import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { ClientRequest } from 'node:http';
import { basename } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type ApiFile, until } from './support/api-client.js';
import { blobsIn, filesIn } from './support/data-folder.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { inParallel } from './support/in-parallel.js';
import { FORM_TAIL, FORM_TYPE, formBytes, formHead } from './support/multipart.js';
import { canMeasureMemory, peakMemoryMb, resetPeakMemory, residentMemoryMb } from './support/process-memory.js';
import { openRequest, type RawRequest, sendRaw } from './support/raw-request.js';
import { sharedServer } from './support/shared-server.js';

const MEBIBYTE = 1024 * 1024;
const LARGE_MB = 300;
const WARM_MB = 20;
const WARM_UPLOADS = 4;
const MOST_MEMORY_MB = 50;

const LIMIT_BYTES = MEBIBYTE;
const LIMITED = { env: { DOCKET_LIMITS_MAX_BYTES: String(LIMIT_BYTES) } };

/** What a form may weigh beside its file. */
const SLACK_BYTES = 5 * MEBIBYTE;

const CHUNK = Buffer.alloc(64 * 1024, 'Lorem ipsum dolor sit amet. ');

function uploadWith(headers: RawRequest['headers'] = {}, query = ''): RawRequest {
  return { method: 'POST', path: `/api/v1/beta/files${query}`, headers: { 'content-type': FORM_TYPE, ...headers } };
}

const server = sharedServer();

describe('a large upload', () => {
  test.runIf(canMeasureMemory)(`of ${LARGE_MB} MB raises memory by less than ${MOST_MEMORY_MB} MB`, async () => {
    // What any upload costs once: buffers, compiled code.
    for (let count = 0; count < WARM_UPLOADS; count++) await uploadMegabytes(server.url, WARM_MB);
    const before = residentMemoryMb(server.processId);
    resetPeakMemory(server.processId);
    const { file, hash } = await uploadMegabytes(server.url, LARGE_MB);
    const raisedMb = peakMemoryMb(server.processId) - before;
    console.log(`upload: ${LARGE_MB} MB raised memory by ${raisedMb.toFixed(1)} MB over ${Math.round(before)} MB`);
    expect(raisedMb).toBeLessThan(MOST_MEMORY_MB);
    expect(file.name).toBe('large.txt');
    expect(blobsIn(server.dataFolder).map((path) => basename(path))).toContain(hash);
  });
});

describe('an upload over the limit', () => {
  const server = sharedServer(LIMITED);

  test('is refused by its length, before any of its body is sent', async () => {
    const before = blobsIn(server.dataFolder);
    const { outgoing, answer } = openRequest(server.url, uploadWith({ 'content-length': 100 * MEBIBYTE }));
    expectTooLarge(await answer);
    outgoing.destroy();
    expect(blobsIn(server.dataFolder)).toEqual(before);
  });

  test('is refused while it comes in chunks, when little more than the limit has come', async () => {
    const before = blobsIn(server.dataFolder);
    const { outgoing, answer } = openRequest(server.url, uploadWith());
    outgoing.write(formHead('large.txt'));
    // Then nothing more: whoever waited for the end of the body would wait for ever.
    await sendBytes(outgoing, LIMIT_BYTES + CHUNK.length);
    expectTooLarge(await answer);
    outgoing.destroy();
    await untilOnly(before, server);
  });

  test.each([
    { how: 'in chunks', headers: {} },
    { how: 'with its length', headers: { 'content-length': 30 * MEBIBYTE } },
    { how: 'with a length that is just over the limit', headers: { 'content-length': LIMIT_BYTES + 100_000 } },
  ])('is refused $how to a client that goes on sending, and it can read why', async ({ headers }) => {
    const before = blobsIn(server.dataFolder);
    const { outgoing, answer, isAnswered } = openRequest(server.url, uploadWith(headers));
    const head = formHead('large.txt');
    outgoing.write(head);
    const total = Number(Object.values(headers)[0] ?? 30 * MEBIBYTE) - head.length;
    // The connection may be closed on it at any moment after the answer.
    outgoing.on('error', () => {});
    await sendBytes(outgoing, total, isAnswered).catch(() => {});
    expectTooLarge(await answer);
    outgoing.destroy();
    await untilOnly(before, server);
    expect((await server.client.upload(tinyInvoice())).name).toBe('tiny-invoice.txt');
  });

  test('is taken up to the last byte of the limit, and not one beyond', async () => {
    const { client } = server;
    const before = blobsIn(server.dataFolder);
    const sized = (bytes: number) => ({ name: 'sized.txt', bytes: Buffer.alloc(bytes, 'text ') });
    expect((await client.sendFile(sized(LIMIT_BYTES))).status).toBe(201);
    expect((await client.sendFile(sized(LIMIT_BYTES + 1))).status).toBe(413);
    expect(blobsIn(server.dataFolder)).toHaveLength(before.length + 1);
  });

  test('is refused for what stands beside the file, too', async () => {
    const before = blobsIn(server.dataFolder);
    const form = new FormData();
    form.set('purpose', 'x'.repeat(LIMIT_BYTES + SLACK_BYTES));
    form.set('file', new File(['text'], 'small.txt'));
    const { status } = await server.client.send('POST', '/api/v1/beta/files', { form });
    expect([400, 413, 422]).toContain(status);
    expect(blobsIn(server.dataFolder)).toEqual(before);
  });
});

test('an upload that breaks off leaves nothing on disk, and the server goes on', async () => {
  const { client } = server;
  const before = blobsIn(server.dataFolder);
  const query = { project_id: 'prj-of-broken-uploads' };
  for (const headers of [{}, { 'content-length': 100 * MEBIBYTE }]) {
    const { outgoing } = openRequest(server.url, uploadWith(headers, `?project_id=${query.project_id}`));
    outgoing.on('error', () => {});
    outgoing.write(formHead('broken.txt'));
    await sendBytes(outgoing, 3 * MEBIBYTE);
    await until('the upload', () => blobsIn(server.dataFolder).length > before.length);
    outgoing.destroy();
    await untilOnly(before, server);
  }
  const { items } = await client.request<{ items: ApiFile[] }>('GET', '/api/v1/beta/files', { query });
  expect(items).toEqual([]);
  const { id: file_input } = await client.upload(tinyInvoice());
  expect((await client.classify({ file_input, configuration: CONFIGURATION })).status).toBe('COMPLETED');
});

test('no name leads out of the data folder', async () => {
  const names = [
    ['../../escaped.txt', 'escaped.txt'],
    ['..\\..\\escaped.txt', 'escaped.txt'],
    ['/etc/escaped.txt', 'escaped.txt'],
    ['C:\\Windows\\escaped.txt', 'escaped.txt'],
    ['folder/..', 'unknown_file'],
    ['..', 'unknown_file'],
    ['%2e%2e%2fescaped.txt', '%2e%2e%2fescaped.txt'],
    ['näïve – 書類.txt', 'näïve – 書類.txt'],
    ['escaped\0.txt', 'escaped.txt'],
    ['..\0/..\0/escaped.txt', 'escaped.txt'],
    ['%00escaped.txt', '%00escaped.txt'],
    ['\\\\server\\share\\escaped.txt', 'escaped.txt'],
    ['file:///tmp/escaped.txt', 'escaped.txt'],
    ['CON', 'CON'],
    ['NUL.txt', 'NUL.txt'],
    ['escaped.txt:stream', 'escaped.txt:stream'],
  ];
  const before = blobsIn(server.dataFolder);
  const bytes = Buffer.from('the same bytes under many names');
  for (const [given = '', kept] of names) {
    const { status, body } = await sendRaw(server.url, uploadWith(), formBytes(given, bytes));
    expect(status, body).toBe(201);
    expect(JSON.parse(body).name).toBe(kept);
  }
  expect(filesIn(server.dataFolder).filter((path) => path.includes('escaped'))).toEqual([]);
  expect(blobsIn(server.dataFolder)).toHaveLength(before.length + 1);
});

test('equal content that is uploaded many times at once is stored once, as many files', async () => {
  const { client } = server;
  const before = blobsIn(server.dataFolder);
  const files = await inParallel({ count: 24, width: 24 }, () => client.upload(tinyInvoice(24)));
  expect(new Set(files.map(({ id }) => id)).size).toBe(24);
  expect(blobsIn(server.dataFolder)).toHaveLength(before.length + 1);
  const [keep, ...others] = files;
  await inParallel({ count: others.length, width: 8 }, (number) => client.deleteFile(others[number]?.id ?? ''));
  const job = await client.classify({ file_input: keep?.id, configuration: CONFIGURATION });
  expect(job).toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
  await client.deleteFile(keep?.id ?? '');
  expect(blobsIn(server.dataFolder)).toEqual(before);
});

/** Waits until nothing is left of what came after `before`. */
function untilOnly(before: readonly string[], { dataFolder }: { readonly dataFolder: string }): Promise<void> {
  return until('an end without traces', () => blobsIn(dataFolder).join() === before.join());
}

interface LargeUpload {
  readonly file: ApiFile;
  /** SHA-256 of what was sent, hexadecimal. */
  readonly hash: string;
}

/** Uploads so many megabytes, no two uploads the same, in chunks as a stream is sent. */
async function uploadMegabytes(url: string, megabytes: number): Promise<LargeUpload> {
  const { outgoing, answer } = openRequest(url, uploadWith());
  const own = Buffer.from(crypto.randomUUID());
  const hash = createHash('sha256').update(own);
  outgoing.write(formHead('large.txt'));
  outgoing.write(own);
  await sendBytes(outgoing, megabytes * MEBIBYTE);
  for (let sent = 0; sent < megabytes * MEBIBYTE; sent += CHUNK.length) hash.update(CHUNK);
  outgoing.end(FORM_TAIL);
  const { status, body } = await answer;
  expect(status, body).toBe(201);
  return { file: JSON.parse(body), hash: hash.digest('hex') };
}

/** Sends so many bytes, as fast as they are taken, unless it should stop before. */
async function sendBytes(outgoing: ClientRequest, count: number, isEnough: () => boolean = () => false): Promise<void> {
  for (let left = count; left > 0 && !isEnough(); left -= CHUNK.length) {
    const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
    if (!outgoing.write(chunk)) await drained(outgoing);
  }
}

async function drained(outgoing: ClientRequest): Promise<void> {
  const over = new AbortController();
  const either = ['drain', 'close'].map((event) => once(outgoing, event, { signal: over.signal }));
  for (const one of either) one.catch(() => {});
  await Promise.race(either).finally(() => over.abort());
}

function expectTooLarge({ status, headers, body }: Awaited<ReturnType<typeof sendRaw>>): void {
  expect(status, body).toBe(413);
  expect(headers['docket-error-code']).toBe('request.too_large');
  expect(JSON.parse(body).detail).toContain(String(LIMIT_BYTES));
}
