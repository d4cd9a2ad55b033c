import { signal } from '@preact/signals';

const STORAGE_KEY = 'docket.key';

/** The API key, kept for as long as the tab is open. */
export const sessionKey = signal<string | undefined>(
  typeof sessionStorage === 'undefined' ? undefined : (sessionStorage.getItem(STORAGE_KEY) ?? undefined),
);

/** Whether the server refused what it was asked, for want of a key or of the right one. */
export const keyWanted = signal<'missing' | 'refused' | undefined>(undefined);

/** Keeps a key for this tab, or forgets it. */
export function setSessionKey(key: string | undefined): void {
  if (key === undefined) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, key);
  sessionKey.value = key;
  keyWanted.value = undefined;
}
