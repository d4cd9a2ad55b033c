import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

let collect: (() => void) | undefined;
let isDue = false;

/**
 * Gives back what nothing refers to any more, at the next turn of the event loop: the memory of a WebAssembly instance goes
 * with a full collection, which by itself may come too late for the next document.
 */
export function freeMemorySoon(): void {
  if (isDue) return;
  isDue = true;
  setImmediate(() => {
    isDue = false;
    collect ??= fullCollection();
    collect();
  });
}

/** V8 hands it out under a flag alone, which is set for no longer than that takes. */
function fullCollection(): () => void {
  setFlagsFromString('--expose-gc');
  const collectAll: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  return collectAll;
}
