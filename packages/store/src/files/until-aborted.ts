/** Gives what a source gives until a signal aborts, also while the source gives nothing. Throws the signal's reason then. */
export async function* untilAborted<Item>(
  source: AsyncIterable<Item>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Item, void> {
  const iterator = source[Symbol.asyncIterator]();
  // One promise for each step: a race against a promise that outlives the steps would keep every item that came.
  let rejectStep = (_reason: unknown): void => {};
  const onAbort = (): void => rejectStep(signal?.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    while (true) {
      signal?.throwIfAborted();
      const next = await new Promise<IteratorResult<Item>>((resolve, reject) => {
        rejectStep = reject;
        iterator.next().then(resolve, reject);
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    // Not awaited: a source that hangs would never answer.
    iterator.return?.().catch(() => {});
  }
}
