/** Lets tasks that share a key run one after the other, and all others at once. */
export class KeyedLock {
  readonly #lastByKey = new Map<string, Promise<void>>();

  /** Runs a task once no earlier one holds any of its keys. */
  async run<Result>(keys: readonly string[], task: () => Promise<Result>): Promise<Result> {
    const unique = [...new Set(keys)];
    const { promise, resolve } = deferred();
    // All keys are taken in one step, so two tasks never wait for each other.
    const earlier = unique.map((key) => this.#lastByKey.get(key));
    for (const key of unique) this.#lastByKey.set(key, promise);
    await Promise.all(earlier);
    try {
      return await task();
    } finally {
      for (const key of unique) {
        if (this.#lastByKey.get(key) === promise) this.#lastByKey.delete(key);
      }
      resolve();
    }
  }
}

function deferred(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => {};
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
