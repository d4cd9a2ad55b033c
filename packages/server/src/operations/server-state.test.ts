import { expect, test } from 'vitest';
import { makeFakeServices } from '../testing/fake-services.js';
import { describeServer } from './server-state.js';

test('says that nobody can tell how much room the disk of a database has', async () => {
  const foreground = { describe: () => Promise.reject(new Error('there is no engine')) };
  const roomOf = async (bytes: number) => {
    const services = makeFakeServices({ store: { freeBytes: async () => bytes } });
    return (await describeServer(Object.assign(services, { foreground }))).disk.free_bytes;
  };
  expect(await roomOf(5)).toBe(5);
  expect(await roomOf(Number.POSITIVE_INFINITY)).toBeNull();
});
