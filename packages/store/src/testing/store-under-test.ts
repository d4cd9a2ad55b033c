import type { Store } from '../ports/store.js';

/** An empty store whose time stands still until a test moves it. */
export interface StoreUnderTest {
  readonly store: Store;
  advance(milliseconds: number): void;
}

/** Opens an empty store, and closes it when the test has ended. What an implementation gives the contract suites. */
export type OpenStoreUnderTest = () => Promise<StoreUnderTest>;
