import { afterEach, describe, expect, it, vi } from 'vitest';
import { SharedWork } from './shared-work.js';

const never = new AbortController().signal;

afterEach(() => void vi.useRealTimers());

describe('SharedWork', () => {
  it('reads once for all who come while it is under way, and stops when the last has left', async () => {
    const works = new SharedWork<string>();
    const begun: AbortSignal[] = [];
    const begin = (signal: AbortSignal) => {
      begun.push(signal);
      return new Promise<string>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
    };
    const [one, two] = [new AbortController(), new AbortController()];
    const waiting = [one, two].map(({ signal }) => works.share('a', begin, signal));
    const outcomes = Promise.allSettled(waiting);
    one.abort('one left');
    expect(begun.map(({ aborted }) => aborted)).toEqual([false]);
    two.abort('two left');
    expect(begun.map(({ aborted }) => aborted)).toEqual([true]);
    expect((await outcomes).map((outcome) => outcome.status === 'rejected' && outcome.reason)).toEqual([
      'one left',
      'two left',
    ]);
    expect(await works.share('a', async () => 'read anew', never)).toBe('read anew');
  });

  it('goes on for a grace when the last has left, for one who comes after all', async () => {
    vi.useFakeTimers();
    const works = new SharedWork<string>(2_000);
    let end: (text: string) => void = () => {};
    const held = new Promise<string>((resolve) => {
      end = resolve;
    });
    const begun: AbortSignal[] = [];
    const begin = (signal: AbortSignal) => {
      begun.push(signal);
      return held;
    };
    const leaving = () => {
      const caller = new AbortController();
      const waiting = works.share('a', begin, caller.signal).catch(() => 'left');
      caller.abort();
      return waiting;
    };
    await leaving();
    vi.advanceTimersByTime(1_999);
    const joined = works.share('a', begin, never);
    vi.advanceTimersByTime(60_000);
    expect(begun.map(({ aborted }) => aborted)).toEqual([false]);
    end('read');
    expect(await joined).toBe('read');
    const unanswered = new Promise<string>(() => {});
    const last = new AbortController();
    works.share('b', (signal) => begun.push(signal) && unanswered, last.signal).catch(() => {});
    last.abort();
    vi.advanceTimersByTime(2_000);
    expect(begun[1]?.aborted).toBe(true);
  });

  it('tells everybody what went wrong, and tries again for the next', async () => {
    const works = new SharedWork<string>();
    const fail = () => Promise.reject(new Error('damaged'));
    const both = await Promise.allSettled([works.share('a', fail, never), works.share('a', fail, never)]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await works.share('a', async () => 'whole', never)).toBe('whole');
  });
});
