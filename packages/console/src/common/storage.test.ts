import { afterEach, expect, test, vi } from 'vitest';
import { readStored, store } from './storage.js';

afterEach(() => vi.unstubAllGlobals());

test('a browser that blocks what it keeps, or is full, is one that keeps nothing', () => {
  const blocked = () => {
    throw new DOMException('blocked', 'SecurityError');
  };
  vi.stubGlobal('sessionStorage', { getItem: blocked, setItem: blocked, removeItem: blocked });
  store('session', 'a', 'b');
  store('session', 'a', undefined);
  expect(readStored('session', 'a')).toBeUndefined();
});
