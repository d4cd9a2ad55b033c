import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CONTENT, DownloadBench, PATH, STORED } from '../../testing/download-bench.js';
import { dropAfter, endAfter, type FakeHub, send, sha256, stallAfter } from '../../testing/fake-hub.js';

let bench: DownloadBench;
let hub: FakeHub;

beforeEach(async () => {
  bench = await DownloadBench.start();
  hub = bench.hub;
});
afterEach(() => bench[Symbol.asyncDispose]());

describe('a file that comes at once', () => {
  it('is fetched from where the hub redirects to, and has its place', async () => {
    const downloaded = await bench.download();
    expect(downloaded).toEqual({
      path: PATH,
      bytes: CONTENT.length,
      sha256: sha256(CONTENT),
      checkedAgainst: ['hub'],
    });
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED).map(({ host }) => host)).toEqual(['storage']);
  });

  it('is not fetched again', async () => {
    await bench.download();
    const received: (number | undefined)[] = [];
    await bench.download({ onBytes: (...bytes) => received.push(...bytes) });
    expect(hub.seen(STORED)).toHaveLength(1);
    expect(received).toEqual([CONTENT.length, CONTENT.length]);
  });

  it('is fetched again when what is here is something else', async () => {
    await bench.download();
    await writeFile(bench.target, Buffer.alloc(CONTENT.length));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
  });
});

describe('a connection that drops', () => {
  it('is taken up where it stopped: no byte comes twice', async () => {
    hub.next(STORED, dropAfter(200_000));
    hub.next(STORED, dropAfter(100_000));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED).map(({ headers }) => headers.range)).toEqual([undefined, 'bytes=200000-', 'bytes=300000-']);
    expect(hub.seen(STORED)[1]?.headers['if-range']).toBe(`"${sha256(CONTENT).slice(0, 40)}"`);
    expect(hub.sentBytes(STORED)).toBe(CONTENT.length);
  });

  it('is given up after some tries, and the part stays for the next command', async () => {
    hub.next(STORED, dropAfter(1000), 3);
    expect(await bench.failure()).toMatchObject({
      code: 'resource.unreadable',
      data: { reason: 'dropped', attempts: 3 },
    });
    expect((await readFile(bench.part)).equals(CONTENT.subarray(0, 3000))).toBe(true);
    await bench.download();
    expect(hub.sentBytes(STORED)).toBe(CONTENT.length);
    expect(await bench.isWhole()).toBe(true);
  });

  it('is not given up as long as each try brings a good deal', async () => {
    const large = Buffer.alloc(5_500_000, 'docket');
    hub.files.set(PATH, large);
    hub.next(STORED, dropAfter(1_050_000), 5);
    expect((await bench.download()).bytes).toBe(large.length);
    expect(hub.seen(STORED)).toHaveLength(6);
  });

  it('begins anew when the file is another one by now', async () => {
    hub.next(STORED, dropAfter(1000), 3);
    await bench.failure({ repository: await bench.describe('terse') });
    const other = Buffer.from(CONTENT).fill(9, 0, 10);
    hub.files.set(PATH, other);
    const downloaded = await bench.download({ repository: await bench.describe('terse') });
    expect(downloaded.sha256).toBe(sha256(other));
    expect(hub.seen(STORED).at(-1)?.headers.range).toBe('bytes=3000-');
  });

  it('begins anew when nothing tells whether the rest belongs to the part', async () => {
    const repository = await bench.describe('terse');
    const withoutTag = dropAfter(1000);
    hub.next(STORED, (response, answer) => withoutTag(response, { ...answer, headers: {} }));
    await bench.download({ repository });
    expect(hub.seen(STORED).map(({ headers }) => headers.range)).toEqual([undefined, undefined]);
    expect(await bench.isWhole()).toBe(true);
  });
});

describe('a host that falls silent', () => {
  it('in the middle is left, and the file goes on', async () => {
    hub.next(STORED, stallAfter(123_456));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.sentBytes(STORED)).toBe(CONTENT.length);
  });

  it('before it answers is left too, and named', async () => {
    hub.next(STORED, () => {}, 3);
    expect(await bench.failure()).toMatchObject({ data: { reason: 'silent', host: new URL(hub.storageUrl).host } });
  });

  it('is not one that is slow but steady', async () => {
    hub.next(STORED, (response, { status, headers, bytes }) => {
      response.writeHead(status, headers);
      let sent = 0;
      const timer = setInterval(() => {
        response.write(bytes.subarray(sent, sent + 100_000));
        sent += 100_000;
        if (sent >= bytes.length) response.end(() => clearInterval(timer));
      }, 60);
    });
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.seen(STORED)).toHaveLength(1);
  });
});

describe('an answer of the wrong length', () => {
  it('that ends early, though properly, is gone on with', async () => {
    hub.next(STORED, endAfter(400_000));
    await bench.download();
    expect(await bench.isWhole()).toBe(true);
    expect(hub.sentBytes(STORED)).toBe(CONTENT.length);
  });

  it('that always ends early is named', async () => {
    hub.next(STORED, endAfter(0), 3);
    expect(await bench.failure()).toMatchObject({
      data: { reason: 'truncated', bytes: 0, totalBytes: CONTENT.length },
    });
  });

  it('that goes on too long is stopped, and nothing of it is kept', async () => {
    hub.next(STORED, send(Buffer.concat([CONTENT, CONTENT])));
    expect(await bench.failure()).toMatchObject({ data: { reason: 'too_long', totalBytes: CONTENT.length } });
    expect(hub.seen(STORED)).toHaveLength(1);
    expect(existsSync(bench.part)).toBe(false);
  });

  it('is stopped at a limit when nobody says how long the file is', async () => {
    hub.next(STORED, endAfter(CONTENT.length));
    expect(await bench.failure({ repository: await bench.describe('terse'), maxBytes: 1000 })).toMatchObject({
      data: { totalBytes: 1000 },
    });
  });
});

describe('something else than a model', () => {
  const PAGE = '<!DOCTYPE html><html><body>Sign in to the network</body></html>';

  it('is named as a web page by its type, at once', async () => {
    hub.next(STORED, send(PAGE, { 'content-type': 'text/html; charset=utf-8' }));
    const error = await bench.failure();
    expect(error).toMatchObject({ code: 'model.incompatible', data: { reason: 'html_page' } });
    expect(error.message).toMatch(/sign in/);
    expect(hub.seen(STORED)).toHaveLength(1);
  });

  it('is refused when it comes packed', async () => {
    hub.next(STORED, send(CONTENT, { 'content-encoding': 'gzip' }));
    expect(await bench.failure()).toMatchObject({ data: { reason: 'invalid_answer' } });
  });
});

describe('hashes', () => {
  it('that the hub announces with the file alone are compared too', async () => {
    const repository = await bench.describe('terse');
    hub.isTerse = false;
    hub.announcedHash = 'cd'.repeat(32);
    expect(await bench.failure({ repository })).toMatchObject({
      code: 'model.checksum_mismatch',
      data: { source: 'hub', expected: 'cd'.repeat(32), actual: sha256(CONTENT) },
    });
  });
});
