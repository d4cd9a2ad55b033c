import { DocketError } from '@docket/core';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { executeWork } from './execute-work.js';
import type { ClaimedWork, StopReason, WorkKind } from './work-kind.js';

const lease = { id: 'clj-1', owner: 'me' };
const timings = { readMs: 1, scoreMs: 2 };

function setUp(isHeld = true) {
  const lines: string[] = [];
  const store = {
    renew: vi.fn(),
    release: vi.fn(async () => isHeld),
    fail: vi.fn(async () => isHeld),
    failLost: vi.fn(),
    forfeitLeases: vi.fn(),
  };
  const kind: WorkKind = { name: 'job', store, claim: async () => undefined };
  const logger = pino({}, { write: (line: string) => void lines.push(line) });
  const controller = new AbortController();
  const execute = (run: ClaimedWork['run']) =>
    executeWork({ lease, run }, { kind, signal: controller.signal, logger, onWorked: () => {} });
  const stopWith = (reason: StopReason) =>
    execute(async (signal) => {
      controller.abort(reason);
      signal.throwIfAborted();
      return timings;
    });
  return { store, execute, stopWith, controller, log: () => lines.join('') };
}

describe('executeWork', () => {
  it('completes work', async () => {
    expect(await setUp().execute(async () => timings)).toEqual({ status: 'COMPLETED', timings });
  });

  it('drops work whose lease went to somebody else', async () => {
    expect(await setUp().execute(async () => undefined)).toEqual({ status: 'dropped' });
    const { execute } = setUp(false);
    expect(await execute(() => Promise.reject(new DocketError('document.no_text', 'no text')))).toEqual({
      status: 'dropped',
    });
  });

  it('fails work with the code and the message of its error', async () => {
    const { store, execute } = setUp();
    const error = new DocketError('document.encrypted', 'the PDF needs a password; remove it first');
    expect(await execute(() => Promise.reject(error))).toEqual({ status: 'FAILED' });
    expect(store.fail).toHaveBeenCalledWith(lease, 'document.encrypted: the PDF needs a password; remove it first');
  });

  it('keeps what nobody foresaw in the log', async () => {
    const { store, execute, log } = setUp();
    await execute(() => Promise.reject(new Error('EIO /srv/secret')));
    const shown = 'internal.unexpected: the server could not work on it; its log says why';
    expect(store.fail).toHaveBeenCalledWith(lease, shown);
    expect(log()).toContain('EIO /srv/secret');
  });

  it('drops cancelled work, and work whose lease was lost', async () => {
    for (const reason of ['cancelled', 'lease_lost'] as const) {
      const { store, stopWith } = setUp();
      expect(await stopWith(reason)).toEqual({ status: 'dropped' });
      expect(store.fail).not.toHaveBeenCalled();
      expect(store.release).not.toHaveBeenCalled();
    }
  });

  it('gives work back when the server stops', async () => {
    const { store, stopWith } = setUp();
    expect(await stopWith('shutting_down')).toEqual({ status: 'released' });
    expect(store.release).toHaveBeenCalledWith(lease);
  });

  it.each([
    ['shutting_down', 'released'],
    ['cancelled', 'dropped'],
  ] as const)('ends work whose failure waits to be stored when it is %s', async (reason, status) => {
    const { store, execute, controller, log } = setUp();
    store.fail.mockImplementation(async () => {
      queueMicrotask(() => controller.abort(reason));
      throw new DocketError('capacity.disk_full', 'the disk is full');
    });
    expect(await execute(() => Promise.reject(new DocketError('document.no_text', 'no text')))).toEqual({ status });
    expect(store.fail).toHaveBeenCalledOnce();
    expect(store.release).toHaveBeenCalledTimes(status === 'released' ? 1 : 0);
    expect(log()).not.toContain('could not be ended');
  });

  it('survives a store that does not answer', async () => {
    const { store, execute, log } = setUp();
    store.fail.mockRejectedValue(new Error('disk gone'));
    expect(await execute(() => Promise.reject(new Error('boom')))).toEqual({ status: 'dropped' });
    expect(log()).toContain('disk gone');
  });
});
