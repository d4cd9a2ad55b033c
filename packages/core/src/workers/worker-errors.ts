import { DocketError } from '../errors.js';

/** The error for a document whose process was lost. @param how Ends a sentence: `it was ended by SIGKILL` */
export function crashed(how: string): DocketError {
  const message = `the engine process was lost while it worked on this document (${how}); the others are not affected`;
  return new DocketError('internal.worker_crashed', message);
}

/** The error for a document that needs more memory than a process may have. */
export function outOfMemory(maxMemoryMb: number): DocketError {
  const message = `the document needs more memory than the ${maxMemoryMb} MiB allowed; select fewer pages or raise workers.maxMemoryMb`;
  return new DocketError('capacity.out_of_memory', message, { data: { maxMemoryMb } });
}

/** The error for a document for which engine and rules were not ready in time. */
export function startTimedOut(startMs: number): DocketError {
  const message =
    `engine and rules were not ready after the ${startMs} ms allowed, before the document was touched; ` +
    'use fewer rules or a smaller model, or raise limits.startMs';
  return new DocketError('document.timed_out', message, { data: { limit: 'limits.startMs', allowedMs: startMs } });
}

/** How a process ended by itself. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** Of its memory, when that was last looked at; 0 where that cannot be told. */
  readonly residentMb: number;
}

/** An abort with less of the ceiling in use than this was not V8 with a full heap, which alone may have three quarters. */
const FULL_HEAP = 0.7;

/** The error for a document whose process ended by itself. */
export function exitError({ code, signal, residentMb }: Exit, maxMemoryMb: number): DocketError {
  const isAbort = signal === 'SIGABRT' || code === 134;
  if (isAbort && (residentMb === 0 || residentMb > maxMemoryMb * FULL_HEAP)) return outOfMemory(maxMemoryMb);
  if (signal === 'SIGKILL') return crashed('it was killed from outside, as a system does that is short of memory');
  return crashed(signal ? `it was ended by ${signal}` : `it exited with status ${code}`);
}
