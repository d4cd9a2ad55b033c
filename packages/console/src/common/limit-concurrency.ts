/** Runs tasks, at most so many at one time, in the order in which they were given. */
export type RunLimited = <Result>(task: () => Promise<Result>) => Promise<Result>;

/** Makes a limit that tasks share. */
export function limitConcurrency(most: number): RunLimited {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
