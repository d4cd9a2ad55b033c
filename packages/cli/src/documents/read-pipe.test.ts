import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readPipe } from './read-pipe.js';
import { readStream } from './read-stream.js';

const folder = mkdtempSync(join(tmpdir(), 'docket-pipe-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makePipe(name: string): string {
  const path = join(folder, name);
  execFileSync('mkfifo', [path]);
  return path;
}

async function read(path: string, writerWaitMs = 10_000): Promise<string> {
  return Buffer.from(await readStream(readPipe(path, writerWaitMs), 1_000_000)).toString();
}

describe.skipIf(process.platform === 'win32')('readPipe', () => {
  it('reads what is written, to the end', async () => {
    const path = makePipe('written');
    const reading = read(path);
    await using writer = await open(path, 'w');
    await writer.write('x'.repeat(200_000));
    await writer.close();
    expect(await reading).toBe('x'.repeat(200_000));
  });

  it('gives up when nobody writes', async () => {
    await expect(read(makePipe('silent'), 20)).rejects.toMatchObject({ code: 'document.timed_out' });
  });

  it('goes on waiting for one who has the pipe open', async () => {
    const path = makePipe('slow');
    // Opened for both, it does not wait for a reader.
    await using writer = await open(path, 'r+');
    const reading = read(path, 5);
    // More than one look at the pipe falls into this time.
    await new Promise((resolve) => setTimeout(resolve, 50));
    await writer.write('late');
    await writer.close();
    expect(await reading).toBe('late');
  });

  it('says why a pipe cannot be read', async () => {
    await expect(read(join(folder, 'none'))).rejects.toMatchObject({ code: 'resource.unreadable' });
  });
});
