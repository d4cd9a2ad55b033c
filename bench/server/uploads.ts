import { randomBytes } from 'node:crypto';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median, timeOf } from '../speed/median-of.js';
import { type Section, table } from '../speed/report.js';
import { ApiClient } from './api-client.js';
import type { Effort } from './effort.js';
import { CONCURRENCY, showProgress } from './machine.js';
import { growthDuring } from './resident-memory.js';
import { startServer } from './server-process.js';

const MB = 1e6;
const TIMED_BYTES = 100 * MB;
const WATCHED_BYTES = 300 * MB;
const CHUNK_BYTES = 250_000;

/** What the server's memory may grow by during the large upload. */
const MOST_GROWTH_BYTES = 50 * MB;

/** How fast are large uploads, and what do they take in memory? */
export async function measureUploads({ uploads }: Effort): Promise<Section> {
  await using server = await startServer(CONCURRENCY);
  using client = new ApiClient(server.url);
  // First of all: a server that has grown already would have less to grow.
  const growth = await growthDuring(server.processId, () => upload(client, WATCHED_BYTES));
  const took = { upload: [] as number[], write: [] as number[] };
  for (let round = 0; round < uploads; round++) {
    took.write.push(await timeOf(() => writeSynced(TIMED_BYTES)));
    took.upload.push(await timeOf(() => upload(client, TIMED_BYTES)));
    showProgress(`uploads: ${round + 1} of ${uploads}`);
  }
  const speed = (times: readonly number[]) => `${(TIMED_BYTES / MB / (median(times) / 1000)).toFixed(0)} MB/s`;
  return {
    title: 'Uploads',
    lines: [
      `Files of random bytes, made while they are sent; medians of ${uploads}, in turn.`,
      '',
      ...table(
        [`${TIMED_BYTES / MB} MB`, 'speed'],
        [
          ['upload until it is answered: hashed, synced, recorded', speed(took.upload)],
          ['written to a file and synced, by the same client without a server', speed(took.write)],
        ],
      ),
      '',
      `The first upload of a new server had ${WATCHED_BYTES / MB} MB: its resident memory grew by ${megabytes(growth)} at most.`,
    ],
    targets: growth === undefined ? [] : [growthTarget(growth)],
  };
}

function growthTarget(growth: number) {
  return {
    name: `memory that an upload of ${WATCHED_BYTES / MB} MB takes`,
    reached: megabytes(growth),
    wanted: `under ${megabytes(MOST_GROWTH_BYTES)}`,
    met: growth < MOST_GROWTH_BYTES,
  };
}

function upload(client: ApiClient, size: number): Promise<string> {
  return client.uploadStream('large.bin', size, () => chunksOf(size));
}

async function writeSynced(size: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-write-'));
  try {
    await using file = await open(join(folder, 'large.bin'), 'w');
    for (const chunk of chunksOf(size)) await file.write(chunk);
    await file.sync();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** One random block again and again, each time with its number: cheap to make, and nothing is kept of it. */
function* chunksOf(size: number): Generator<Buffer> {
  const block = randomBytes(CHUNK_BYTES);
  for (let offset = 0; offset < size; offset += CHUNK_BYTES) {
    const chunk = Buffer.from(block.subarray(0, Math.min(CHUNK_BYTES, size - offset)));
    chunk.writeUInt32LE(offset);
    yield chunk;
  }
}

function megabytes(bytes: number | undefined): string {
  return bytes === undefined ? 'an unknown amount (the system does not tell)' : `${(bytes / MB).toFixed(0)} MB`;
}
