import PQueue from 'p-queue';

/** Items on their way for each process: enough that none waits while the parent looks for pages. */
const AHEAD = 4;

/** How {@link forEachItem} works. */
export interface ForEachOptions {
  /** Documents at once in the pool. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
}

/**
 * Does some work for every item, several at once, and waits for all. The first failure ends it: nothing is begun after it.
 * @returns What came of each, in the order of the items
 */
export async function forEachItem<Item, Result>(
  items: readonly Item[],
  { concurrency, signal }: ForEachOptions,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const queue = new PQueue({ concurrency: concurrency * AHEAD });
  const tasks = items.map((item) => async () => {
    signal.throwIfAborted();
    return await work(item);
  });
  try {
    return await queue.addAll(tasks);
  } finally {
    queue.clear();
  }
}
