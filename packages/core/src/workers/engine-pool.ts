import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Classification } from '../classify.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { EngineOptions } from '../engine.js';
import { DocketError } from '../errors.js';
import type { ReadPages } from '../page-cache/page-cache.js';
import { EngineProcess } from './engine-process.js';
import type { ClassifyRequest, ReadRequest, Timings, WorkerAnswer, WorkerRequest } from './protocol.js';

export type { ClassifyRequest, ReadRequest, Timings } from './protocol.js';

/** How an {@link EnginePool} works. */
export interface EnginePoolOptions {
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
  /** Documents at once, each in a process of its own; 0: one per processor. */
  readonly concurrency: number;
  /** Resident memory, in MiB, at which a process is ended and its document fails. */
  readonly maxMemoryMb: number;
  /** How much the processes stand back behind others, as `nice` counts it: -20 to 19. @default 0 */
  readonly niceness?: number;
}

/** A classification and how long it took in its process. */
export interface PooledClassification {
  readonly result: Classification;
  /** With `keepPages`: the pages that were read. */
  readonly read?: ReadPages;
  readonly timings: Timings;
  readonly durationMs: number;
}

/** A reading and how long it took in its process. */
export interface PooledReading {
  readonly read: ReadPages;
  readonly timings: Timings;
}

/** How a document is worked on. */
export interface PooledOptions {
  readonly signal?: AbortSignal;
}

interface WaitingTask {
  readonly request: WorkerRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly retried: boolean;
  onAbort: () => void;
}

/**
 * Classifies documents in child processes: a reader that spins, grows without end or crashes costs its one document, which
 * fails with a typed error; its process is ended and replaced, and all others go on. Processes start when they are needed.
 */
export class EnginePool implements AsyncDisposable {
  /** Documents that are worked on at once. */
  readonly concurrency: number;
  private readonly idle: EngineProcess[] = [];
  private readonly busy = new Set<EngineProcess>();
  private readonly waiting: WaitingTask[] = [];
  private closed = false;
  private restarted = 0;

  constructor(private readonly options: EnginePoolOptions) {
    this.concurrency = options.concurrency > 0 ? options.concurrency : availableParallelism();
  }

  /** Processes that were ended or lost so far, for metrics. */
  get restarts(): number {
    return this.restarted;
  }

  /**
   * Classifies one document; waits for a free process.
   * @throws DocketError whatever `classifyDocument` throws, and `document.timed_out`, `capacity.out_of_memory`,
   *   `internal.worker_crashed`; the signal's reason when it aborts
   */
  async classify(request: ClassifyRequest, options: PooledOptions = {}): Promise<PooledClassification> {
    const { result, ...answer } = await this.submit({ kind: 'classify', request }, options);
    if (!result) throw unanswered();
    return { ...answer, result };
  }

  /**
   * Reads one document; waits for a free process.
   * @throws DocketError as {@link classify} does
   */
  async read(request: ReadRequest, options: PooledOptions = {}): Promise<PooledReading> {
    const { read, timings } = await this.submit({ kind: 'read', request }, options);
    if (!read) throw unanswered();
    return { read, timings };
  }

  private submit(request: WorkerRequest, { signal }: PooledOptions): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      if (this.closed) return reject(closedError());
      if (signal?.aborted) return reject(signal.reason);
      // One signal may stop any number of documents.
      if (signal) setMaxListeners(0, signal);
      this.enqueue({ request, signal, resolve, reject, retried: false, onAbort: () => {} });
    });
  }

  /** Ends all processes; documents that wait or run are rejected. */
  async close(): Promise<void> {
    this.closed = true;
    for (const task of this.waiting.splice(0)) task.reject(closedError());
    await Promise.all([...this.idle.splice(0), ...this.busy].map((process) => process.end()));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private enqueue(task: WaitingTask): void {
    task.onAbort = () => this.forget(task);
    task.signal?.addEventListener('abort', task.onAbort, { once: true });
    if (task.retried) this.waiting.unshift(task);
    else this.waiting.push(task);
    this.startNext();
  }

  private startNext(): void {
    if (this.busy.size >= this.concurrency) return;
    const task = this.waiting.shift();
    if (!task) return;
    const process = this.takeIdle() ?? new EngineProcess(this.options);
    this.busy.add(process);
    void this.run(process, task).then((settle) => {
      this.busy.delete(process);
      if (process.alive && !this.closed) this.idle.push(process);
      else if (!this.closed) this.restarted++;
      // The process has its next document before anybody looks at the answer to this one.
      this.startNext();
      settle();
    });
  }

  /** @returns Hands the outcome to whoever waits for it */
  private async run(process: EngineProcess, task: WaitingTask): Promise<() => void> {
    const { request, signal, resolve, reject } = task;
    signal?.removeEventListener('abort', task.onAbort);
    try {
      signal?.throwIfAborted();
      const answer = await process.run(request, signal);
      return () => resolve(answer);
    } catch (error) {
      // A process that died while it waited takes no document with it.
      const isFree = !process.alive && !process.tookUp && !signal?.aborted && !this.closed;
      if (isFree && !task.retried) return () => this.enqueue({ ...task, retried: true });
      return () => reject(error);
    }
  }

  /** A process that waits for work; one that died meanwhile is passed over. */
  private takeIdle(): EngineProcess | undefined {
    for (let process = this.idle.pop(); process; process = this.idle.pop()) {
      if (process.alive) return process;
      this.restarted++;
    }
    return undefined;
  }

  /** Rejects a document that still waits when its signal aborts. */
  private forget(task: WaitingTask): void {
    const index = this.waiting.indexOf(task);
    if (index === -1) return;
    this.waiting.splice(index, 1);
    task.reject(task.signal?.reason);
  }
}

function closedError(): DocketError {
  return new DocketError('internal.unexpected', 'the engine pool was closed before the document was classified');
}

function unanswered(): DocketError {
  return new DocketError(
    'internal.unexpected',
    'the engine process answered without what was asked for; please report it',
  );
}
