import { fileURLToPath, pathToFileURL } from 'node:url';

const preload = pathToFileURL(fileURLToPath(new URL('./misbehave.mjs', import.meta.url))).href;

/** What an engine process can be made to do, see `misbehave.mjs`. */
export type Fault = 'spin' | 'fillHeap' | 'fillBuffers' | 'fillWebAssembly' | 'leak' | 'exit' | 'abort' | 'kill';

/** When: after which message to the parent; `message`: when the document comes, before it is taken up. */
export type Step = 'message' | 'started' | 'reading' | 'opened' | 'done';

/** A document of text that makes the process misbehave that works on it. */
export function faulty(fault: Fault, step: Step) {
  return { bytes: Buffer.from('The record of a meeting: who attended and what was decided'), name: `${fault}@${step}` };
}

/** Lets engine processes that are started from here on misbehave when they are asked to, until it is disposed of. */
export function misbehavingProcesses(): Disposable {
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `${before ?? ''} --import ${preload}`;
  return {
    [Symbol.dispose]() {
      if (before === undefined) delete process.env['NODE_OPTIONS'];
      else process.env['NODE_OPTIONS'] = before;
    },
  };
}
