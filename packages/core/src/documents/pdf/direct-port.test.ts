import { expect, it } from 'vitest';
import { DirectPort } from './direct-port.js';

/** What arrives of messages, in their order. */
async function deliver(...messages: readonly object[]): Promise<unknown[]> {
  const port = new DirectPort();
  const received: unknown[] = [];
  port.addEventListener('message', ({ data }) => received.push(data));
  for (const message of messages) port.postMessage(message);
  expect(received).toEqual([]);
  await Promise.resolve();
  return received;
}

it('hands over the text of a page as it is, whatever the sender does with its own list afterwards', async () => {
  const chunk = { items: [{ str: 'Total due' }], styles: {} };
  const message = { stream: 4, chunk };
  const arriving = deliver(message);
  const { items } = chunk;
  chunk.items = [];
  const [arrived] = (await arriving) as [typeof message];
  expect(arrived).toMatchObject({ stream: 4, chunk: { items: [{ str: 'Total due' }] } });
  expect(arrived.chunk.items).toBe(items);
});

it('clones everything else, and moves what is to be transferred', async () => {
  const bytes = new Uint8Array([1, 2]);
  const port = new DirectPort();
  const arrived = new Promise<{ data: Uint8Array }>((resolve) => {
    port.addEventListener('message', ({ data }) => resolve(data as unknown as { data: Uint8Array }));
  });
  port.postMessage({ data: bytes } as object, [bytes.buffer]);
  expect([...(await arrived).data]).toEqual([1, 2]);
  expect(bytes.byteLength).toBe(0);
});

it('stops listening when the signal aborts', async () => {
  const port = new DirectPort();
  const received: unknown[] = [];
  const stopped = new AbortController();
  port.addEventListener('message', () => received.push('first'), { signal: stopped.signal });
  port.addEventListener('message', () => received.push('second'));
  stopped.abort();
  port.postMessage({});
  await Promise.resolve();
  expect(received).toEqual(['second']);
});
