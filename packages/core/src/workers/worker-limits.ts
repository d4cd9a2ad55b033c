import type { EngineOptions } from '../engine.js';

/** Resident memory, in MiB, that an engine process may have. */
export const DEFAULT_MAX_MEMORY_MB = 1024;

/** Time in which an engine process must have engine and rules ready: a large model is read from disk within it. */
export const DEFAULT_START_MS = 60_000;

/** Time that a model adds for a document: a large one takes a second for a passage, and reads up to a few dozen. */
export const DEFAULT_MODEL_MS = 60_000;

/** Whether an engine may run a model that takes more than a moment: what a name stands for is known to the child alone. */
export function mayRunModel({ scorer, model }: EngineOptions): boolean {
  return scorer === 'embedding' || scorer === 'zero-shot' || model !== undefined;
}
