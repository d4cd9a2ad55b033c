import { PassThrough } from 'node:stream';
import type { Classification, ClassifyRequest, PooledClassification } from '@docket/core';
import { run } from '../main.js';
import type { DocumentPool, Shell } from '../shell.js';

/** A classification as the engine gives it. */
export function classification(changes: Partial<Classification> = {}): Classification {
  return {
    scorer: 'fake',
    pages: { total: 2, selected: [1, 2], read: [1] },
    ranking: [{ type: 'invoice', confidence: 0.9 }],
    reasoning: 'Page 1 reads "Total due".',
    confidence: 0.9,
    type: 'invoice',
    ...changes,
  };
}

/** A pool in this process. */
export function fakePool(
  classify: (request: ClassifyRequest) => Promise<Classification> | Classification,
): DocumentPool {
  return {
    concurrency: 2,
    classify: async (request, { signal } = {}): Promise<PooledClassification> => {
      signal?.throwIfAborted();
      return { result: await classify(request), timings: { readMs: 10, scoreMs: 2 }, durationMs: 12.345 };
    },
    read: () => Promise.reject(new Error('this pool reads nothing')),
    close: async () => {},
  };
}

/** What a run left behind. */
export interface FinishedRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command without a process: streams in memory, and an engine that finds an invoice everywhere. */
export async function runCommand(argv: readonly string[], changes: Partial<Shell> = {}): Promise<FinishedRun> {
  const stdout = new PassThrough({ highWaterMark: 1e9 });
  const stderr = new PassThrough({ highWaterMark: 1e9 });
  const exitCode = await run(argv, {
    stdout,
    stderr,
    stdin: new PassThrough().end('text'),
    env: { NO_COLOR: '1' },
    folder: '/nonexistent',
    signal: new AbortController().signal,
    createPool: () => fakePool(() => classification()),
    ...changes,
  });
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr) };
}

function textOf(stream: PassThrough): string {
  return (stream.read() as Buffer | null)?.toString() ?? '';
}
