import { expect, test } from 'vitest';
import { readStream } from './read-stream.js';

async function* chunks(...texts: (string | Uint8Array)[]) {
  yield* texts;
}

test('joins bytes and text', async () => {
  const bytes = await readStream(chunks('ab', Buffer.from('c')), 3);
  expect(Buffer.from(bytes).toString()).toBe('abc');
});

test('stops at the limit', async () => {
  const endless = (async function* () {
    for (;;) yield Buffer.alloc(10);
  })();
  await expect(readStream(endless, 25)).rejects.toMatchObject({ code: 'document.too_large' });
});
