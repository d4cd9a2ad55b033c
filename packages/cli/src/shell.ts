import type { EnginePool, EnginePoolOptions } from '@docket/core';

/** Where text is printed. A terminal says how wide it is. */
export type OutputStream = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

/** What a command needs of an engine pool. */
export type DocumentPool = Pick<EnginePool, 'concurrency' | 'classify' | 'read' | 'close'>;

/** Everything outside of the program that a command touches, so that tests can put their own in its place. */
export interface Shell {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly stdin: AsyncIterable<Uint8Array | string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Folder in which `docket.config.*` is looked for. */
  readonly folder: string;
  /** Aborts with an {@link Interruption} when the command is to stop. */
  readonly signal: AbortSignal;
  /** The pool that documents go through. */
  readonly createPool: (options: EnginePoolOptions) => DocumentPool;
}

/** Why a command stops before its end, and the exit status that this means. */
export class Interruption {
  constructor(readonly exitCode: number) {}
}

/** Prints a text and waits until the stream has taken it. */
export function print(stream: OutputStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error?: Error | null) => (error ? reject(error) : resolve()));
  });
}

/** Waits until a signal aborts. */
export function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
