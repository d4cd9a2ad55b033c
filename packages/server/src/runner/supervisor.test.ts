import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DocketError } from '@docket/core';
import { openStore, type Store } from '@docket/store';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createMetrics } from '../operations/metrics.js';
import { FakePool } from '../testing/fake-pool.js';
import { Supervisor } from './supervisor.js';
import { Tunings } from './tunings.js';

const PRESENCE = { host: 'here', processId: 1, version: '1', models: [], serves: true };

let folder: string;
let store: Store;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-supervisor-'));
  store = await openStore({ folder });
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

function start(tunings: Pick<Tunings, 'assertTunedWith'> = Tunings.NONE) {
  const metrics = createMetrics({ store, restarts: () => 0 });
  const logger = pino({ level: 'silent' });
  const supervisor = new Supervisor({ store, pool: new FakePool(), presence: PRESENCE, tunings, logger, metrics });
  onTestFinished(() => supervisor.stop());
  return { supervisor, metrics };
}

describe('Supervisor', () => {
  it('fails what workers lost too often, and counts it', async () => {
    vi.useFakeTimers({ toFake: ['setInterval'] });
    onTestFinished(() => void vi.useRealTimers());
    vi.spyOn(store.jobs, 'failLost').mockResolvedValueOnce(['clj-1']);
    const { metrics } = start();
    vi.advanceTimersByTime(5000);
    const counted = 'docket_jobs_ended_total{status="FAILED"} 1';
    await vi.waitFor(async () => expect(await metrics.scrape()).toContain(counted));
  });

  it('refuses a tuning of another engine than that it expects of workers', async () => {
    const assertTunedWith = (engine: string) => {
      throw new DocketError('request.stale_tuning', `the tuning is not of ${engine}`);
    };
    const { supervisor } = start({ assertTunedWith });
    await expect(supervisor.selfTest).rejects.toThrow('the tuning is not of fake');
  });
});
