import { EventEmitter, once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { type ListeningApp, listen } from '../testing/listen.js';
import { makeThingApp, VALID_BODY } from '../testing/thing-app.js';
import { readBodyBytes } from './body-bytes.js';
import { createDocketApp, MAX_JSON_BYTES } from './endpoint.js';

const JSON_HEADERS = { 'content-type': 'application/json' };

/** Sends text as it is and waits for the first line of the answer. */
async function firstLine({ port }: ListeningApp, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.write(text);
  const [data] = await once(socket, 'data');
  socket.destroy();
  return String(data).split('\r\n', 1)[0] ?? '';
}

test('a body that is declared too large is refused before it comes', async () => {
  await using server = await listen(makeThingApp());
  const head = `POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${MAX_JSON_BYTES + 1}\r\n\r\n`;
  expect(await firstLine(server, head)).toContain(' 413 ');
});

test('a body without length is refused as soon as it is too large', async () => {
  await using server = await listen(makeThingApp());
  const chunk = `100000\r\n${' '.repeat(0x100000)}\r\n`;
  const head =
    'POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n';
  expect(await firstLine(server, head + chunk.repeat(11))).toContain(' 413 ');
});

test('a client that sends on regardless reads why it was refused', async () => {
  await using server = await listen(makeThingApp());
  const body = ' '.repeat(2 * MAX_JSON_BYTES);
  const url = `http://127.0.0.1:${server.port}/things`;
  const response = await fetch(url, { method: 'POST', headers: JSON_HEADERS, body });
  expect(response.status).toBe(413);
  expect(await response.json()).toEqual({ detail: 'The request body may have at most 10 MB' });
});

test('bodies of either kind are read', async () => {
  await using server = await listen(makeThingApp());
  const body = JSON.stringify(VALID_BODY);
  const request = { method: 'POST', path: '/things', headers: JSON_HEADERS };
  expect(
    (await server.send({ ...request, headers: { ...JSON_HEADERS, 'content-length': body.length } }, body)).status,
  ).toBe(200);
  expect(
    (await server.send({ ...request, headers: { ...JSON_HEADERS, 'transfer-encoding': 'chunked' } }, body)).status,
  ).toBe(200);
});

test('no body at all is a missing one, whatever is declared', async () => {
  await using server = await listen(makeThingApp());
  for (const headers of [{}, JSON_HEADERS]) {
    const { status, text } = await server.send({ method: 'POST', path: '/things', headers });
    expect(status).toBe(422);
    expect(JSON.parse(text)).toMatchObject({ detail: [{ type: 'missing', loc: ['body'] }] });
  }
});

test('a body without media type is not taken for JSON', async () => {
  await using server = await listen(makeThingApp());
  expect((await server.send({ method: 'POST', path: '/things' }, JSON.stringify(VALID_BODY))).status).toBe(415);
});

test.each(['content-length: 10', 'transfer-encoding: chunked'])(
  'a caller who goes away with %s is no failure',
  async (header) => {
    const endings = new EventEmitter();
    const app = createDocketApp();
    app.post('/', async (context) => {
      endings.emit('begun');
      await readBodyBytes(context, 100).catch((error) => endings.emit('ended', error));
      return context.body(null);
    });
    await using server = await listen(app);
    const begun = once(endings, 'begun');
    const ended = once(endings, 'ended');
    const socket = connect(server.port, '127.0.0.1');
    socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${header}\r\n\r\n5\r\n`);
    await begun;
    socket.destroy();
    expect((await ended)[0]).toMatchObject({ code: 'request.invalid_input' });
  },
);
