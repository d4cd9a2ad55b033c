import type { Store } from '@docket/store';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';
import { describeServer } from '../operations/server-state.js';
import { Tunings } from '../runner/tunings.js';
import { FakePool } from '../testing/fake-pool.js';
import { CONFIGURATION } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';
import { Admission } from './admission.js';
import { Foreground } from './foreground.js';
import { OnDemandPool } from './on-demand-pool.js';
import { Turns } from './turns.js';

const never = new AbortController().signal;
const OPTIONS = {
  store: {} as Store,
  tunings: Tunings.NONE,
  logger: pino({ level: 'silent' }),
  defaultMaxPages: 5,
  concurrency: 1,
};

describe('Turns', () => {
  it('lets a newcomer end what was begun in its name, and nothing else', async () => {
    const turns = new Turns();
    const signals: AbortSignal[] = [];
    const work = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const older = turns.take('page', never, work);
    turns.take('other page', never, work).catch(() => {});
    turns.take(undefined, never, work).catch(() => {});
    expect(await turns.take('page', never, async () => 'newer')).toBe('newer');
    await expect(older).rejects.toMatchObject({ code: 'state.superseded' });
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, false, false]);
  });
});

describe('OnDemandPool', () => {
  it('has processes while somebody needs them, and a while after that', async () => {
    const pools: FakePool[] = [];
    const makePool = () => {
      pools.push(new FakePool());
      return pools.at(-1) as FakePool;
    };
    await using pool = { value: new OnDemandPool(makePool, 1), [Symbol.asyncDispose]: () => pool.value.close() };
    expect(pools).toHaveLength(0);
    await pool.value.use(async () => pool.value.use(async () => {}));
    await vi.waitFor(() => expect(pools.map(({ isClosed }) => isClosed)).toEqual([true]));
    await pool.value.use(async () => {});
    expect(pools).toHaveLength(2);
  });
});

describe('POST /api/local/score, under way', () => {
  const configuration = CONFIGURATION;

  async function started() {
    const pool = new FakePool();
    pool.holds = true;
    const server = await TestServer.start({}, undefined, {}, { makePool: () => pool });
    const file_id = await server.upload();
    const score = (page_id?: string, signal?: AbortSignal) =>
      fetch(`${server.url}/api/local/score`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ file_id, configuration, page_id }),
        ...(signal ? { signal } : {}),
      });
    return { pool, server, score, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
  }

  it('is ended by a newer one of the same page, and its work is stopped', async () => {
    await using at = await started();
    const older = at.score('page');
    await at.pool.untilHeld(1);
    const newer = at.score('page');
    expect([(await older).status, (await older).headers.get('docket-error-code')]).toEqual([409, 'state.superseded']);
    await vi.waitFor(() => expect(at.pool.held[0]?.signal?.aborted).toBe(true));
    await at.pool.untilHeld(2);
    at.pool.held[1]?.finish();
    expect((await newer).status).toBe(200);
  });

  it('goes on beside those of other pages, one after the other', async () => {
    await using at = await started();
    const both = [at.score('one'), at.score('two')];
    await at.pool.untilHeld(1);
    at.pool.held[0]?.finish();
    await at.pool.untilHeld(2);
    at.pool.held[1]?.finish();
    for (const answer of both) expect((await answer).status).toBe(200);
  });

  it('does not begin the reading of a document anew when a newer one of the same page comes', async () => {
    await using at = await started();
    at.pool.holds = false;
    let endReading = () => {};
    at.pool.heldReads = new Promise((resolve) => {
      endReading = resolve;
    });
    const older = at.score('page');
    await vi.waitFor(() => expect(at.pool.reads).toHaveLength(1));
    const newer = at.score('page');
    expect((await older).status).toBe(409);
    endReading();
    expect((await newer).status).toBe(200);
    expect(at.pool.reads).toHaveLength(1);
  });

  it('stops when nobody waits for the answer any more', async () => {
    await using at = await started();
    const caller = new AbortController();
    const answer = at.score('page', caller.signal).catch(() => 'gone');
    await at.pool.untilHeld(1);
    caller.abort();
    expect(await answer).toBe('gone');
    await vi.waitFor(() => expect(at.pool.held[0]?.signal?.aborted).toBe(true));
  });

  it('reads a document once, and scores it from what was read', async () => {
    await using at = await started();
    at.pool.holds = false;
    expect((await at.score()).status).toBe(200);
    expect((await at.score()).status).toBe(200);
    expect(at.pool.reads).toHaveLength(1);
    expect(at.pool.requests).toHaveLength(2);
    const { items } = (await at.server.call('GET', '/api/v2/classify')).json;
    expect(items).toEqual([]);
  });
});

describe('Admission', () => {
  it('refuses what is too much, and lets in again when there is room', async () => {
    const admission = new Admission(1);
    let end = () => {};
    const first = admission.admit(() => new Promise<void>((resolve) => (end = resolve)));
    await expect(admission.admit(async () => {})).rejects.toMatchObject({ code: 'capacity.too_many_requests' });
    end();
    await first;
    expect(await admission.admit(async () => 'in')).toBe('in');
  });
});

describe('beside a reading that takes long', () => {
  it('draws, lints and tells its state', async () => {
    const pools: FakePool[] = [];
    const makePool = () => {
      pools.push(new FakePool());
      return pools.at(-1) as FakePool;
    };
    const foreground = new Foreground({ ...OPTIONS, makePool });
    await Promise.all([foreground.lint([], never), foreground.describe()]);
    // One that scores, and none that reads.
    expect(pools).toHaveLength(1);
    await foreground.close();
  });

  it('says that the engine is busy instead of waiting for it', async () => {
    const pool = new FakePool();
    pool.describe = () => new Promise(() => {});
    await using server = await TestServer.start({}, undefined, {}, { makePool: () => pool });
    const { engine } = await describeServer(server.services, 1);
    expect(engine).toMatchObject({ status: 'ok', problem: 'the engine did not answer within 0.001 s' });
  });
});
