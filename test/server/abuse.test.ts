import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { ApiFile } from './support/api-client.js';
import { blobsIn } from './support/data-folder.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { FORM_TYPE, formBytes } from './support/multipart.js';
import { sendRaw } from './support/raw-request.js';
import { sharedServer } from './support/shared-server.js';

const server = sharedServer();

/** The status line that a request line gets, written as it is: clients would tidy it up. */
async function statusOf(requestLine: string): Promise<number> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  socket.write(`${requestLine} HTTP/1.1\r\nhost: ${hostname}:${port}\r\nconnection: close\r\n\r\n`);
  const [bytes] = await once(socket, 'data');
  socket.destroy();
  return Number(/^HTTP\/1\.1 (\d+) /.exec(String(bytes))?.[1]);
}

describe('ids', () => {
  const ids = [
    '../../../etc/passwd',
    '..%2f..%2f..%2fetc%2fpasswd',
    '%2e%2e/%2e%2e/etc/passwd',
    '..%5c..%5cx',
    '%2fetc%2fpasswd',
  ];
  const more = ['docket.db', '%00', 'dfl-%00', 'CON', 'a%0d%0ax:%20y', '__proto__', 'x'.repeat(5000), '%ff', '%'];
  const paths = (id: string) => [
    `/api/v1/beta/files/${id}`,
    `/api/v1/beta/files/${id}/content`,
    `/api/local/files/${id}/download`,
    `/api/v2/classify/${id}`,
    `/api/v2/parse/${id}`,
    `/api/v1/beta/configurations/${id}`,
    `/docs/${id}`,
  ];
  test.each([...ids, ...more])('lead nowhere: %s', async (id) => {
    for (const path of paths(id)) expect([400, 403, 404], path).toContain(await statusOf(`GET ${path}`));
    expect([404, 405]).toContain(await statusOf(`DELETE /api/v1/beta/files/${id}`));
  });
});

describe('file names', () => {
  test.each(['a%0D%0Aset-cookie: x=y.txt', 'he said %22hi%22.txt', 'Übergrößenträger – 日本.pdf', "it's (1)*;x=y.txt"])(
    'come back in a header that is one: %s',
    async (given) => {
      const headers = { 'content-type': FORM_TYPE };
      const upload = { method: 'POST', path: '/api/v1/beta/files', headers };
      const { body } = await sendRaw(server.url, upload, formBytes(given, Buffer.from('text')));
      const { id, name }: ApiFile = JSON.parse(body);
      const { url } = await server.client.request<{ url: string }>('GET', `/api/v1/beta/files/${id}/content`);
      const download = await fetch(url);
      const disposition = download.headers.get('content-disposition') ?? '';
      expect(disposition).toMatch(/^attachment; filename="[ !#$&-[\]-~]*"; filename\*=UTF-8''[\w.!~%-]*$/);
      expect(decodeURIComponent(disposition.split("''")[1] ?? '')).toBe(name);
      expect([download.headers.get('set-cookie'), download.headers.get('x-content-type-options')]).toEqual([
        null,
        'nosniff',
      ]);
    },
  );
});

test('nothing that is a URL is ever fetched', async () => {
  let connections = 0;
  const bait = createServer((_request, response) => response.end('bait')).on('connection', () => connections++);
  bait.listen(0, '127.0.0.1');
  await once(bait, 'listening');
  const url = `http://127.0.0.1:${(bait.address() as AddressInfo).port}/bait`;
  const { client } = server;
  const { id: file_input } = await client.upload({ name: 'links.html', bytes: Buffer.from(pageWith(url)) });
  const webhook_configurations = [
    { webhook_url: url, webhook_events: ['classify.success'], webhook_headers: { x: url } },
  ];
  const job = await client.classify({ file_input, configuration: CONFIGURATION, webhook_configurations });
  expect(job.status).toBe('COMPLETED');
  const refused: [path: string, json: object][] = [
    ['/api/v2/classify', { file_input: url, configuration: CONFIGURATION }],
    ['/api/v2/classify', { file_id: url, configuration: CONFIGURATION }],
    ['/api/v2/parse', { source_url: url, tier: 'fast', version: 'latest' }],
  ];
  for (const [path, json] of refused) expect((await client.send('POST', path, { json })).status).toBe(400);
  bait.close();
  await once(bait, 'close');
  expect(connections).toBe(0);
});

function pageWith(url: string): string {
  const remote = `<link rel=stylesheet href="${url}"><script src="${url}"></script><img src="${url}"><iframe src="${url}"></iframe>`;
  return `<!doctype html><html><head><base href="${url}">${remote}</head><body>Invoice number 12, total due 90.00</body></html>`;
}

test('what is packed is not unpacked, in uploads either', async () => {
  const before = blobsIn(server.dataFolder);
  const bomb = gzipSync(formBytes('bomb.txt', Buffer.alloc(64 * 1024 * 1024)));
  const headers = { 'content-type': FORM_TYPE, 'content-encoding': 'gzip', 'content-length': bomb.length };
  const { status } = await sendRaw(server.url, { method: 'POST', path: '/api/v1/beta/files', headers }, bomb);
  expect(status).toBe(415);
  expect(blobsIn(server.dataFolder)).toEqual(before);
});

test('a flood of connections that ask nothing keeps nobody out', async () => {
  const { hostname, port } = new URL(server.url);
  const sockets = await Promise.all(
    Array.from({ length: 500 }, async () => {
      const socket = connect(Number(port), hostname).on('error', () => {});
      await once(socket, 'connect');
      return socket;
    }),
  );
  const { id: file_input } = await server.client.upload(tinyInvoice());
  const job = await server.client.classify({ file_input, configuration: CONFIGURATION });
  expect(job).toMatchObject({ status: 'COMPLETED', result: { type: 'invoice' } });
  for (const socket of sockets) socket.destroy();
});
