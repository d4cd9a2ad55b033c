import { onTestFinished } from 'vitest';
import { openStore } from '../open-store.js';
import type { StoreUnderTest } from './store-under-test.js';
import { temporaryFolder } from './temporary-folder.js';

const START_MS = Date.parse('2026-11-23T10:00:00Z');

/** Opens an empty SQLite store in a folder that is gone after the test. */
export async function openSqliteStore(): Promise<StoreUnderTest> {
  const folder = await temporaryFolder();
  let now = START_MS;
  const store = await openStore({ folder, now: () => now });
  onTestFinished(() => store.close());
  return {
    store,
    advance(milliseconds) {
      now += milliseconds;
    },
  };
}
