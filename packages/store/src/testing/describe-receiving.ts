import { createHash, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { chunksOf } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every FileStore must do with bytes that come in. */
export function describeReceiving(open: OpenStoreUnderTest): void {
  describe('receiving', () => {
    it('hashes and measures what comes, in chunks of any size', async () => {
      const { store } = await open();
      const bytes = randomBytes(300_000);
      const chunks = [bytes.subarray(0, 1), bytes.subarray(1, 1), bytes.subarray(1, 200_000), bytes.subarray(200_000)];
      await using content = await store.files.receive(
        (async function* () {
          yield* chunks;
        })(),
        { maxBytes: bytes.length },
      );
      expect(content).toMatchObject({
        contentHash: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
      });
    });

    it('stops reading as soon as there is too much, and names the limit', async () => {
      const { store } = await open();
      const source = countingSource(1000);
      await expect(store.files.receive(source.bytes(), { maxBytes: 25 })).rejects.toMatchObject({
        code: 'request.too_large',
        message: expect.stringMatching(/\b25 bytes\b.*limits\.maxBytes/),
        data: { maxBytes: 25 },
      });
      expect(source.given()).toBe(3);
      expect(source.isClosed()).toBe(true);
    });

    it('asks for the next bytes only when those before are written', async () => {
      const { store } = await open();
      let waiting = 0;
      let mostWaiting = 0;
      await using content = await store.files.receive(
        (async function* () {
          for (let index = 0; index < 10; index++) {
            mostWaiting = Math.max(mostWaiting, ++waiting);
            yield Buffer.from('0123456789');
            waiting--;
          }
        })(),
        { maxBytes: 1000 },
      );
      expect(content.size).toBe(100);
      expect(mostWaiting).toBe(1);
    });

    it('passes on what goes wrong with the source', async () => {
      const { store } = await open();
      const failing = (async function* () {
        yield Buffer.from('a');
        throw new Error('the connection is gone');
      })();
      await expect(store.files.receive(failing, { maxBytes: 10 })).rejects.toThrow('the connection is gone');
    });

    it('stops when it is aborted, also while nothing comes', async () => {
      const { store } = await open();
      const abortion = new AbortController();
      const hanging = (async function* () {
        yield Buffer.from('a');
        abortion.abort(new Error('enough'));
        await new Promise(() => {});
      })();
      const options = { maxBytes: 10, signal: abortion.signal };
      await expect(store.files.receive(hanging, options)).rejects.toThrow('enough');
      await expect(store.files.receive(chunksOf('a'), options)).rejects.toThrow('enough');
    });
  });
}

/** A source of chunks of ten bytes that knows how many it gave. */
function countingSource(chunks: number) {
  let given = 0;
  let isClosed = false;
  return {
    given: () => given,
    isClosed: () => isClosed,
    async *bytes(): AsyncGenerator<Uint8Array> {
      try {
        for (; given < chunks; ) {
          given++;
          yield Buffer.from('0123456789');
        }
      } finally {
        isClosed = true;
      }
    },
  };
}
