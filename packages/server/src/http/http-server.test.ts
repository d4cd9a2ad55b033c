import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { exchangeBytes } from '../testing/exchange-bytes.js';
import { listen } from '../testing/listen.js';
import { makeThingApp, VALID_BODY } from '../testing/thing-app.js';
import { createDocketApp } from './endpoint.js';
import { createHttpServer, type HttpServerOptions } from './http-server.js';

const SHORT = { headersTimeoutMs: 100, idleTimeoutMs: 100, checkIntervalMs: 20 };
const JSON_TYPE = 'content-type: application/json';

test.each(['bad host', 'a:b:c', 'localhost, evil.example', 'localhost:99999'])('answers Host %j', async (host) => {
  await using server = await listen(makeThingApp());
  const { status, headers, text } = await server.send({ headers: { host } });
  expect(status).toBe(400);
  expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(JSON.parse(text)).toEqual({ detail: 'The request has no valid URL or Host header' });
});

/** A server, its port and a way to end it, for what needs the server itself. */
async function serve(app = makeThingApp(), options: HttpServerOptions = SHORT) {
  const server = createHttpServer(app, options).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const dispose = async () => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { server, port, [Symbol.asyncDispose]: dispose };
}

/** Fails unless this is one answer, complete, in the form of all errors, after which the connection is closed. */
function expectOneRefusal(received: string, status: number): void {
  const [head = '', body = ''] = received.split('\r\n\r\n');
  expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  expect(head).toMatch(/\r\nconnection: close\r\n/i);
  expect(head).toMatch(/\r\ndocket-error-code: request\.\w+\r\n/);
  expect(head).toMatch(/\r\nx-request-id: [\w-]+/);
  expect(JSON.parse(body)).toEqual({ detail: expect.stringMatching(/\S/) });
  expect(received.match(/HTTP\/1\.1 /g)).toHaveLength(1);
}

describe('what is not valid HTTP', () => {
  const smuggled = 'GET /things/smuggled HTTP/1.1\r\nhost: localhost\r\n\r\n';
  const chunked = `POST /things HTTP/1.1\r\nhost: localhost\r\n${JSON_TYPE}\r\ntransfer-encoding: chunked\r\n`;
  test.each([
    ['both lengths', 400, `${chunked}content-length: 5\r\n\r\n0\r\n\r\n${smuggled}`],
    [
      'two lengths',
      400,
      `POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-length: 0\r\ncontent-length: 44\r\n\r\n${smuggled}`,
    ],
    ['a length that is none', 400, 'POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-length: +5\r\n\r\n'],
    ['a length below nothing', 400, 'POST /things HTTP/1.1\r\nhost: localhost\r\ncontent-length: -5\r\n\r\n'],
    ['chunks that are not the last coding', 400, `${chunked.trimEnd()}, identity\r\n\r\n0\r\n\r\n${smuggled}`],
    ['another coding', 400, 'POST /things HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: xchunked\r\n\r\n'],
    ['a blank before the colon', 400, 'GET /things HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding : chunked\r\n\r\n'],
    ['a header over two lines', 400, 'GET /things HTTP/1.1\r\nhost: localhost\r\nx: a\r\n b: c\r\n\r\n'],
    ['a NUL in a header', 400, 'GET /things HTTP/1.1\r\nhost: localhost\r\nx: a\0b\r\n\r\n'],
    ['a lone carriage return in a header', 400, 'GET /things HTTP/1.1\r\nhost: localhost\r\nx: a\rb: c\r\n\r\n'],
    ['another expectation', 417, `${chunked}expect: the impossible\r\n\r\n0\r\n\r\n`],
    ['no HTTP', 400, 'hello\r\n\r\n'],
    ['TLS', 400, Buffer.from('16030100c8010000c40303', 'hex')],
    ['a chunk that is none', 400, `${chunked}\r\nzz\r\n`],
    ['headers that are too long', 431, `GET /things HTTP/1.1\r\nhost: localhost\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['too many headers', 431, `GET /things HTTP/1.1\r\nhost: localhost\r\n${'x: a\r\n'.repeat(20_000)}\r\n`],
    ['a URL that is too long', 431, `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`],
  ])('is refused once, and nothing behind it is heard: %s', async (_what, status, bytes) => {
    await using served = await serve();
    expectOneRefusal(await exchangeBytes(served.port, bytes), status);
  });

  test('whatever it is, the server goes on', async () => {
    await using served = await serve();
    const piece = fc.oneof(
      fc.constantFrom(
        'GET ',
        'POST /things',
        ' HTTP/1.1\r\n',
        'host: localhost\r\n',
        '\r\n',
        '\r\n\r\n',
        `${JSON_TYPE}\r\n`,
      ),
      fc.constantFrom(
        'transfer-encoding: chunked\r\n',
        'content-length: 3\r\n',
        '0\r\n',
        'ffffffff\r\n',
        'upgrade: x\r\n',
        'expect: 100-continue\r\n',
      ),
      fc.string({ unit: 'binary-ascii' }),
    );
    const requests = fc.array(piece, { minLength: 1, maxLength: 12 }).map((pieces) => pieces.join(''));
    const answers = fc.asyncProperty(requests, async (bytes) => {
      const received = await exchangeBytes(served.port, bytes);
      expect(received).not.toMatch(/HTTP\/1\.1 5\d\d /);
    });
    await fc.assert(answers, { seed: 20_240_117, numRuns: 60 });
    expect((await fetch(`http://127.0.0.1:${served.port}/openapi.json`)).status).toBeLessThan(500);
  });
});

describe('a client that does not go on', () => {
  const post = `POST /things HTTP/1.1\r\nhost: localhost\r\n${JSON_TYPE}\r\ncontent-length: 100\r\n\r\n`;
  const slowHeaders = { headersTimeoutMs: 100, checkIntervalMs: 20 };
  const slowBody = { idleTimeoutMs: 100 };
  test.each([
    ['in its headers', slowHeaders, 'GET /things HTTP/1.1\r\nhost: loc'],
    ['in its first line', slowHeaders, 'G'],
    ['in its body', slowBody, `${post}{`],
    ['before its body', slowBody, post],
    ['between its chunks', slowBody, `${post.replace('content-length: 100', 'transfer-encoding: chunked')}1\r\n{\r\n`],
  ])('%s is told so, and its connection ends', async (_what, options, bytes) => {
    await using served = await serve(makeThingApp(), options);
    expectOneRefusal(await exchangeBytes(served.port, bytes), 408);
  });

  test('before it says anything loses its connection', async () => {
    await using served = await serve();
    expect(await exchangeBytes(served.port)).toMatch(/^$|^HTTP\/1\.1 408 /);
  });

  test('and sends now and then, so that it is never silent, is ended by the time for the whole request', async () => {
    await using served = await serve(makeThingApp(), {
      idleTimeoutMs: 60_000,
      requestTimeoutMs: 200,
      headersTimeoutMs: 150,
      checkIntervalMs: 20,
    });
    const socket = connect(served.port, '127.0.0.1');
    socket.on('error', () => {});
    socket.write(post);
    const drip = setInterval(() => socket.write(' '), 20);
    const [answer] = await once(socket, 'data');
    clearInterval(drip);
    expectOneRefusal(String(answer), 408);
    if (!socket.destroyed) await once(socket, 'close');
  });

  test('reading its answer loses its connection, and what was to be sent is let go', async () => {
    const app = createDocketApp();
    const events = new EventEmitter();
    const cancelled = once(events, 'cancelled');
    app.get('/endless', (context) => {
      const body = new ReadableStream({
        pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
        cancel: () => void events.emit('cancelled'),
      });
      return context.body(body);
    });
    await using served = await serve(app);
    const socket = connect(served.port, '127.0.0.1').on('error', () => {});
    socket.pause();
    socket.write('GET /endless HTTP/1.1\r\nhost: localhost\r\n\r\n');
    await cancelled;
    socket.destroy();
  });
});

test('a client that waits for the server keeps its connection', async () => {
  const app = createDocketApp();
  const events = new EventEmitter();
  const done = once(events, 'done');
  app.get('/slow', async (context) => {
    await done;
    return context.json({ done: true });
  });
  await using served = await serve(app);
  const answer = fetch(`http://127.0.0.1:${served.port}/slow`);
  await once(served.server, 'timeout');
  events.emit('done');
  expect(await (await answer).json()).toEqual({ done: true });
});

test('connections over the bound are closed, the others are served, and there is room again when they go', async () => {
  await using served = await serve(makeThingApp(), { maxConnections: 3 });
  const held = await Promise.all([1, 2, 3].map(() => openConnection(served.port, served.server)));
  expect(await exchangeBytes(served.port, 'GET /nothing HTTP/1.1\r\nhost: localhost\r\n\r\n')).toBe('');
  const [first, ...others] = held;
  first?.write('GET /nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n');
  const [answer] = await once(first as Socket, 'data');
  expect(String(answer)).toMatch(/^HTTP\/1\.1 404 /);
  await once(first as Socket, 'close');
  const again = await exchangeBytes(
    served.port,
    'GET /nothing HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n',
  );
  expect(again).toMatch(/^HTTP\/1\.1 404 /);
  for (const socket of others) socket.destroy();
});

async function openConnection(port: number, server: Server): Promise<Socket> {
  const accepted = once(server, 'connection');
  const socket = connect(port, '127.0.0.1').on('error', () => {});
  await accepted;
  return socket;
}

test.each(['gzip', 'deflate', 'br', 'GZIP', 'identity, gzip'])(
  'a body packed with %s is not unpacked',
  async (encoding) => {
    await using server = await listen(makeThingApp());
    const bytes = gzipSync(JSON.stringify(VALID_BODY));
    const headers = {
      'content-type': 'application/json',
      'content-encoding': encoding,
      'content-length': bytes.length,
    };
    const { status, text } = await server.send({ method: 'POST', path: '/things', headers }, bytes);
    expect(status).toBe(415);
    expect(JSON.parse(text)).toEqual({ detail: expect.stringContaining('must not be compressed') });
  },
);
