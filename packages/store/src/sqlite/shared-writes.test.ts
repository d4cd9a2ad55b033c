import { closeSync, existsSync, fdatasync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { DocketError } from '@docket/core';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { temporaryFolder } from '../testing/temporary-folder.js';
import { SharedWrites } from './shared-writes.js';

const DURABLE = { isDurable: true };
const SOON = { isDurable: false };

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

it('takes those who come at the same time, or during a trip, along in one transaction', async () => {
  const { writes, transactions } = await openWrites();
  const first = [writes.add(() => 'a', DURABLE), writes.add(() => 'b', DURABLE)];
  expect(transactions).toEqual([]);
  await turn();
  const late = [writes.add(() => 'c', DURABLE), writes.add(() => 'd', DURABLE)];
  await turn();
  expect(trips).toHaveLength(1);
  expect(transactions).toEqual([['a', 'b']]);
  trips[0]?.();
  expect(await Promise.all(first)).toEqual(['a', 'b']);
  await turn();
  expect(trips).toHaveLength(2);
  expect(transactions).toEqual([
    ['a', 'b'],
    ['c', 'd'],
  ]);
  trips[1]?.();
  expect(await Promise.all(late)).toEqual(['c', 'd']);
});

it('waits for the disk only where that is asked for, in one transaction with what is', async () => {
  const { writes, transactions } = await openWrites();
  const durable = writes.add(() => 'a', DURABLE);
  expect(await writes.add(() => 'b', SOON)).toBe('b');
  const next = writes.add(() => 'c', DURABLE);
  expect(await writes.add(() => 'd', SOON)).toBe('d');
  expect(transactions).toEqual([['a', 'b'], ['d']]);
  expect(trips).toHaveLength(1);
  trips[0]?.();
  expect(await durable).toBe('a');
  await turn();
  expect(transactions).toEqual([['a', 'b'], ['d'], ['c']]);
  trips[1]?.();
  expect(await next).toBe('c');
});

it('tells a caller whose work throws, and writes what the others want', async () => {
  const { writes, transactions } = await openWrites();
  const fail = () => {
    throw new Error('no such project');
  };
  const waiting = Promise.allSettled([
    writes.add(() => 'a', DURABLE),
    writes.add(fail, DURABLE),
    writes.add(() => 'b', DURABLE),
  ]);
  await turn();
  trips[0]?.();
  const [one, failed, other] = await waiting;
  expect([one, other]).toMatchObject([{ value: 'a' }, { value: 'b' }]);
  expect(failed).toMatchObject({ reason: new Error('no such project') });
  expect(transactions).toEqual([['a'], ['b']]);
  expect(trips).toHaveLength(1);
});

it('tells all at once that the database is locked, for each would hold everything up while it waits', async () => {
  const { writes } = await openWrites();
  const locked = vi.fn(() => {
    throw new DocketError('state.database_locked', 'locked');
  });
  const waiting = Promise.allSettled([writes.add(locked, DURABLE), writes.add(locked, DURABLE)]);
  expect(await waiting).toMatchObject([
    { reason: { code: 'state.database_locked' } },
    { reason: { code: 'state.database_locked' } },
  ]);
  expect(locked).toHaveBeenCalledOnce();
  expect(fdatasync).not.toHaveBeenCalled();
});

it('writes what waits when it is closed, lets it have its trip though the log is removed, and closes that once', async () => {
  const { writes, transactions, path } = await openWrites();
  const first = writes.add(() => 'a', DURABLE);
  await turn();
  const last = writes.add(() => 'b', DURABLE);
  writes.close();
  writes.close();
  expect(transactions).toEqual([['a'], ['b']]);
  expect(trips).toHaveLength(2);
  await rm(path);
  trips[1]?.();
  expect(await last).toBe('b');
  await turn();
  expect(closeSync).not.toHaveBeenCalled();
  trips[0]?.();
  expect(await first).toBe('a');
  await turn();
  expect(closeSync).toHaveBeenCalledOnce();
  expect(existsSync(path)).toBe(false);
});

it('opens the log before it can be removed, also when it is closed in the turn of the first write', async () => {
  const { writes, path } = await openWrites();
  const only = writes.add(() => 'a', DURABLE);
  writes.close();
  await rm(path);
  trips[0]?.();
  expect(await only).toBe('a');
  await turn();
  expect(closeSync).toHaveBeenCalledOnce();
});

it('tells those who wait what went wrong on the way to the disk, and nobody else', async () => {
  const unhandled = vi.fn();
  process.on('unhandledRejection', unhandled);
  onTestFinished(() => void process.off('unhandledRejection', unhandled));
  const { writes } = await openWrites();
  const waiting = writes.add(() => 'a', DURABLE);
  await turn();
  writes.close();
  trips[0]?.(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await expect(waiting).rejects.toMatchObject({ code: 'state.data_folder_unwritable' });
  await turn();
  await turn();
  expect(unhandled).not.toHaveBeenCalled();
  expect(closeSync).toHaveBeenCalledOnce();
});

/** Writes into nothing. @returns With what was committed, by transaction */
async function openWrites() {
  const path = join(await temporaryFolder(), 'docket.db-wal');
  await writeFile(path, 'log');
  const transactions: unknown[][] = [];
  const commit = <Result>(work: () => Result): Result => {
    const result = work();
    transactions.push([result].flat());
    return result;
  };
  return { writes: new SharedWrites({ logPath: path, commit }), transactions, path };
}
