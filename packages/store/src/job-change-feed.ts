import type { JobChange, JobChanges } from './ports/job-changes.js';

/** Hands changes on within this process. */
export class JobChangeFeed implements JobChanges {
  readonly #listeners = new Set<(change: JobChange) => void>();

  subscribe(listener: (change: JobChange) => void): () => void {
    // One of its own, so that the same function may listen twice.
    const own = (change: JobChange) => listener(change);
    this.#listeners.add(own);
    return () => this.#listeners.delete(own);
  }

  /** Tells all who listen. */
  tell(change: JobChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}
