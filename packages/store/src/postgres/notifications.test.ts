import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { Notifications } from './notifications.js';

it('closes while a database that was cut off does not answer', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const notifications = new Notifications({ host: '127.0.0.1', port, user: 'u' }, () => {});
  const connected = once(server, 'connection');
  notifications.listen({});
  await connected;
  await notifications.close();
  expect(server.listening).toBe(true);
});
