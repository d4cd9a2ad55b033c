import { describe, expect, it } from 'vitest';
import { startReceiver } from '../testing/webhook-receiver.js';
import { postDelivery } from './post-delivery.js';
import { HostResolver } from './resolve-host.js';
import { WebhookHosts } from './webhook-hosts.js';

const never = new AbortController().signal;

describe('postDelivery', () => {
  it.each([
    ['breaks off', (end: () => void) => end(), 30_000],
    ['never ends', () => {}, 200],
  ])('goes by the status of an answer that %s', async (_, finish, timeoutMs) => {
    await using receiver = await startReceiver();
    receiver.react = ({ path }) => {
      const status = Number(path.slice(1));
      return (response) => {
        response.writeHead(status, { 'content-length': 10, 'retry-after': '60' });
        response.write('x', () => finish(() => response.destroy()));
      };
    };
    const resolver = new HostResolver(WebhookHosts.parse('127.0.0.1'));
    const post = (status: number) =>
      postDelivery(
        { url: new URL(`${receiver.url}/${status}`), headers: {}, body: Buffer.from('{}') },
        { resolver, timeoutMs, signal: never },
      );
    const statuses = [200, 410, 429];
    const results = await Promise.all(statuses.map(post));
    expect(results).toEqual(statuses.map((statusCode) => ({ statusCode, retryAfterMs: 60_000 })));
  });
});
