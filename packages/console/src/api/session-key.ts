import { signal } from '@preact/signals';
import { readStored, store } from '../common/storage.js';

const STORAGE_KEY = 'docket.key';

/** The API key, kept for as long as the tab is open. */
export const sessionKey = signal<string | undefined>(readStored('session', STORAGE_KEY));

/** Whether the server refused what it was asked, for want of a key or of the right one. */
export const keyWanted = signal<'missing' | 'refused' | undefined>(undefined);

/** Keeps a key for this tab, or forgets it. */
export function setSessionKey(key: string | undefined): void {
  store('session', STORAGE_KEY, key);
  sessionKey.value = key;
  keyWanted.value = undefined;
}

/** Whether a key can stand in a header at all: visible ASCII characters. */
export function isPossibleKey(key: string): boolean {
  return /^[\x21-\x7e]+$/.test(key);
}
