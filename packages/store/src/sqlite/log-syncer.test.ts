import { closeSync, existsSync, fdatasync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { LogSyncer } from './log-syncer.js';

type Trip = (error?: Error | null) => void;

const trips = vi.hoisted(() => [] as Trip[]);

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof import('node:fs')>();
  const fdatasync = vi.fn((_log: number, end: Trip) => void trips.push(end));
  return { ...original, fdatasync, closeSync: vi.fn(original.closeSync) };
});

beforeEach(() => {
  trips.length = 0;
});

afterEach(() => void vi.clearAllMocks());

it('takes those who wait at the same time along on one trip, but on none that has begun', async () => {
  const { syncer } = await openLog();
  const first = syncer.sync();
  const late = [syncer.sync(), syncer.sync()];
  expect(trips).toHaveLength(1);
  trips[0]?.();
  await first;
  await turn();
  expect(trips).toHaveLength(2);
  trips[1]?.();
  await Promise.all(late);
});

it('lets those who wait have their trip when it is closed and the log removed, and closes the log once', async () => {
  const { syncer, path } = await openLog();
  const waiting = [syncer.sync(), syncer.sync()];
  syncer.close();
  syncer.close();
  await rm(path);
  trips[0]?.();
  await turn();
  expect(closeSync).not.toHaveBeenCalled();
  trips[1]?.();
  await Promise.all(waiting);
  await turn();
  expect(closeSync).toHaveBeenCalledOnce();
  expect(existsSync(path)).toBe(false);
  expect(fdatasync).toHaveBeenCalledTimes(2);
});

it('tells those who wait what went wrong, and nobody else', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { syncer } = await openLog();
  const waiting = syncer.sync();
  syncer.close();
  trips[0]?.(new Error('EIO'));
  await expect(waiting).rejects.toThrow('EIO');
  await turn();
  await turn();
  expect(unhandled).not.toHaveBeenCalled();
  expect(closeSync).toHaveBeenCalledOnce();
});

async function openLog() {
  const path = join(await temporaryFolder(), 'docket.db-wal');
  await writeFile(path, 'log');
  return { syncer: new LogSyncer(path), path };
}
