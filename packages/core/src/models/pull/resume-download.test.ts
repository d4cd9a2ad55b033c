import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, DownloadBench, STORED } from '../../testing/download-bench.js';
import { dropAfter, type FakeHub, refuse, send, sha256 } from '../../testing/fake-hub.js';

let bench: DownloadBench;
let hub: FakeHub;

beforeEach(async () => {
  bench = await DownloadBench.start();
  hub = bench.hub;
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a range that is answered wrongly', () => {
  beforeEach(async () => {
    hub.next(STORED, dropAfter(1000), 3);
    await bench.failure();
  });

  it.each([
    ['from elsewhere', `bytes 5000-499999/${CONTENT.length}`],
    ['of a file of another length', `bytes 3000-499999/${CONTENT.length + 1}`],
    ['without a range', 'nonsense'],
  ])('%s begins anew', async (_, range) => {
    hub.next(STORED, send(CONTENT.subarray(5000), { 'content-range': range }, 206));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED).at(-1)?.headers.range).toBeUndefined();
  });

  it('with the whole file begins anew', async () => {
    hub.next(STORED, send(CONTENT, {}, 200));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
  });

  it('as not satisfiable begins anew', async () => {
    hub.next(STORED, refuse(416, { 'content-range': 'bytes */10' }));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED).at(-1)?.headers.range).toBeUndefined();
  });
});

describe('a part that has all bytes', () => {
  const leave = async (content: Buffer) => {
    await mkdir(dirname(bench.part), { recursive: true });
    await writeFile(bench.part, content);
    await writeFile(`${bench.part}.json`, JSON.stringify({ etag: `"${sha256(CONTENT).slice(0, 40)}"` }));
  };

  it('is not fetched again when the list tells its length', async () => {
    await leave(CONTENT);
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED)).toEqual([]);
  });

  it('is found to be whole by a range beyond the end', async () => {
    await leave(CONTENT);
    await bench.download({ repository: await bench.describe('terse') });
    expect(await bench.isWhole()).toBe(true);
    expect(hub.sentBytes(STORED)).toBe(0);
  });

  it('is deleted when they are the wrong ones', async () => {
    await leave(Buffer.alloc(CONTENT.length));
    expect(await bench.failure()).toMatchObject({ code: 'model.checksum_mismatch', data: { source: 'hub' } });
    expect(existsSync(bench.part)).toBe(false);
  });
});
