import { expect, test } from 'vitest';
import { listen } from '../testing/listen.js';
import { makeThingApp } from '../testing/thing-app.js';

test.each(['bad host', 'a:b:c', 'localhost, evil.example', 'localhost:99999'])('answers Host %j', async (host) => {
  await using server = await listen(makeThingApp());
  const { status, headers, text } = await server.send({ headers: { host } });
  expect(status).toBe(400);
  expect(headers['x-request-id']).toMatch(/^[\da-f-]{36}$/);
  expect(JSON.parse(text)).toEqual({ detail: 'The request has no valid URL or Host header' });
});
