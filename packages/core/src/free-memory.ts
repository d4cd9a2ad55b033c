import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;
let isDue = false;

/**
 * Gives back what nothing refers to any more: V8 by itself may leave that too late for the next document. Takes one to four
 * tenths of a second.
 */
export function freeMemory(): void {
  collect ??= fullCollection();
  collect();
  // What the first one let go of may have held memory outside the heap.
  collect();
}

/** {@link freeMemory} at the next turn of the event loop, when what called this has let go of what it holds. */
export function freeMemorySoon(): void {
  if (isDue) return;
  isDue = true;
  setImmediate(() => {
    isDue = false;
    freeMemory();
  });
}

/** V8 hands it out under a flag alone, which is set for no longer than that takes. */
function fullCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const collectAll: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collectAll;
}
