import { describe, expect, it } from 'vitest';
import { KeyedLock } from './keyed-lock.js';

describe('KeyedLock', () => {
  it('runs tasks that share a key one after the other, in order', async () => {
    const { lock, events, task } = start();
    await Promise.all([lock.run(['a'], task('1')), lock.run(['b', 'a'], task('2')), lock.run(['b'], task('3'))]);
    expect(events).toEqual(['1 begins', '1 ends', '2 begins', '2 ends', '3 begins', '3 ends']);
  });

  it('runs tasks of different keys at once', async () => {
    const { lock, events, task } = start();
    await Promise.all([lock.run(['a'], task('1')), lock.run(['b'], task('2'))]);
    expect(events.slice(0, 2)).toEqual(['1 begins', '2 begins']);
  });

  it('never blocks itself: keys that cross, and keys named twice', async () => {
    const { lock, events, task } = start();
    await Promise.all([
      lock.run(['a', 'b'], task('1')),
      lock.run(['b', 'a'], task('2')),
      lock.run(['a', 'a'], task('3')),
    ]);
    expect(events).toHaveLength(6);
  });

  it('goes on after a task that failed, whose error its caller gets', async () => {
    const { lock, events, task } = start();
    const failing = lock.run(['a'], () => Promise.reject(new Error('no')));
    await Promise.all([expect(failing).rejects.toThrow('no'), lock.run(['a'], task('1'))]);
    expect(events).toEqual(['1 begins', '1 ends']);
  });
});

function start() {
  const events: string[] = [];
  const task = (name: string) => async () => {
    events.push(`${name} begins`);
    await new Promise(setImmediate);
    events.push(`${name} ends`);
  };
  return { lock: new KeyedLock(), events, task };
}
