/** Where a browser keeps something: for the tab, or for longer. */
export type StoragePlace = 'session' | 'local';

/** What is kept under a name; undefined where there is nothing, or where the browser keeps nothing. */
export function readStored(place: StoragePlace, name: string): string | undefined {
  try {
    return storageOf(place)?.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a text under a name, or forgets it; where the browser keeps nothing, or no more, nothing happens. */
export function store(place: StoragePlace, name: string, content: string | undefined): void {
  try {
    if (content === undefined) storageOf(place)?.removeItem(name);
    else storageOf(place)?.setItem(name, content);
  } catch {
    // The page works without.
  }
}

/** @throws where the browser blocks it: already looking at it fails then */
function storageOf(place: StoragePlace): Storage | undefined {
  return place === 'session' ? globalThis.sessionStorage : globalThis.localStorage;
}
