import { expect, test } from 'vitest';
import { InOrder } from './in-order.js';

test('hands on in order of position, as soon as all before have come', async () => {
  const handedOn: string[] = [];
  const inOrder = new InOrder<string>(async (text) => {
    await Promise.resolve();
    handedOn.push(text);
  });
  const last = inOrder.put(2, 'c');
  const middle = inOrder.put(1, 'b');
  expect(handedOn).toEqual([]);
  await inOrder.put(0, 'a');
  await Promise.all([middle, last]);
  expect(handedOn).toEqual(['a', 'b', 'c']);
});

test('does not settle before what it was given is handed on', async () => {
  const inOrder = new InOrder<string>(async () => {});
  let isSettled = false;
  const second = inOrder.put(1, 'b').then(() => {
    isSettled = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(isSettled).toBe(false);
  await inOrder.put(0, 'a');
  await second;
  expect(isSettled).toBe(true);
});

test('rejects when handing on fails', async () => {
  const inOrder = new InOrder<string>(() => Promise.reject(new Error('disk full')));
  await expect(inOrder.put(0, 'a')).rejects.toThrow('disk full');
});
