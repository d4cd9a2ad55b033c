import { describe, expect, it, vi } from 'vitest';
import { FakePool } from '../testing/fake-pool.js';
import { CONFIGURATION } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';
import { OnDemandPool } from './on-demand-pool.js';
import { SharedReadings } from './shared-readings.js';
import { Turns } from './turns.js';

const never = new AbortController().signal;

describe('SharedReadings', () => {
  it('reads once for all who come while it is under way, and stops when the last has left', async () => {
    const readings = new SharedReadings<string>();
    const begun: AbortSignal[] = [];
    const begin = (signal: AbortSignal) => {
      begun.push(signal);
      return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map(({ signal }) => readings.share('a', begin, signal));
    const outcomes = Promise.allSettled(waiting);
    one.abort('one left');
    expect(begun.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort('two left');
    expect(begun.map(({ aborted }) => aborted)).toEqual([true]);
    expect((await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([
      'one left',
      'two left',
    ]);
    expect(await readings.share('a', async () => 'read anew', never)).toBe('read anew');
  });

  it('tells everybody what went wrong, and tries again for the next', async () => {
    const readings = new SharedReadings<string>();
    const fail = () => Promise.reject(new Error('damaged'));
    const both = await Promise.allSettled([readings.share('a', fail, never), readings.share('a', fail, never)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await readings.share('a', async () => 'whole', never)).toBe('whole');
  });
});

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
