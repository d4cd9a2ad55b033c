import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import type { Classification } from '../classify.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { ReaderChoice } from '../documents/readers.js';
import type { EngineOptions } from '../engine.js';
import type { EngineFacts } from '../engine-facts.js';
import { DocketError } from '../errors.js';
import type { ReadPages } from '../page-cache/page-cache.js';
import type { LintFinding } from '../rules/lint/lint-finding.js';
import type { Rule } from '../rules/rule-set.js';
import { EngineProcess, NotTakenUp } from './engine-process.js';
import type { ClassifyRequest, DrawRequest, ReadRequest, Timings, WorkerAnswer, WorkerRequest } from './protocol.js';
import type { SpareEngine } from './spare-engine.js';
import { crashed } from './worker-errors.js';

export type { ClassifyRequest, DrawRequest, ReadRequest, Timings } from './protocol.js';

/** How an {@link EnginePool} works. */
export interface EnginePoolOptions {
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
  /** Documents at once, each in a process of its own; 0: one per processor. */
  readonly concurrency: number;
  /** Resident memory, in MiB, at which a process is ended and its document fails. */
  readonly maxMemoryMb: number;
  /** Until engine and rules are ready, in milliseconds, before the time of a document begins. @default 60000 */
  readonly startMs?: number;
  /** What a model adds to the time of a document, in milliseconds. @default 60000 */
  readonly modelMs?: number;
  /** How much the processes stand back behind others, as `nice` counts it: -20 to 19. @default 0 */
  readonly niceness?: number;
  /** A process that was started before; it becomes the first one. */
  readonly spare?: SpareEngine | undefined;
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
 * fails with a typed error; its process is ended and replaced at once, and all others go on. Processes start when they are
 * needed.
 */
export class EnginePool implements AsyncDisposable {
  /** Documents that are worked on at once. */
  readonly concurrency: number;
  private readonly processes = new Set<EngineProcess>();
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

  /**
   * Draws one page; waits for a free process.
   * @returns A PNG
   * @throws DocketError as {@link classify} does, `document.unsupported_type` for formats without pictures of pages
   */
  async draw(request: DrawRequest, options: PooledOptions = {}): Promise<Uint8Array> {
    const { image } = await this.submit({ kind: 'draw', request }, options);
    if (!image) throw unanswered();
    return image;
  }

  /**
   * Says what could be better about rules; waits for a free process.
   * @throws DocketError as {@link classify} does
   */
  async lint(rules: readonly Rule[], options: PooledOptions = {}): Promise<readonly LintFinding[]> {
    const { findings } = await this.submit({ kind: 'lint', request: { rules } }, options);
    if (!findings) throw unanswered();
    return findings;
  }

  /**
   * What the engine of the processes, and what reads for it, is made of; waits for a free one.
   * @throws DocketError as {@link classify} does
   */
  async describe(request: ReaderChoice, options: PooledOptions = {}): Promise<EngineFacts> {
    const { facts } = await this.submit({ kind: 'describe', request }, options);
    if (!facts) throw unanswered();
    return facts;
  }

  /**
   * Starts all processes that are not there yet, and waits until every one has the engine loaded.
   * @throws DocketError `internal.worker_crashed`, `capacity.out_of_memory` when one is lost meanwhile
   */
  async ready(): Promise<void> {
    if (this.closed) throw closedError();
    while (this.processes.size < this.concurrency) this.addProcess();
    // Nothing else keeps this program alive until they are.
    const alive = setInterval(() => {}, 60_000);
    await Promise.all([...this.processes].map((process) => process.prepare())).finally(() => clearInterval(alive));
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
    for (const task of this.waiting.splice(0)) {
      task.signal?.removeEventListener('abort', task.onAbort);
      task.reject(closedError());
    }
    await Promise.all([...this.processes].map((process) => process.end(closedError())));
    this.processes.clear();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  private enqueue(task: WaitingTask, place: 'first' | 'last' = 'last'): void {
    task.onAbort = () => this.forget(task);
    task.signal?.addEventListener('abort', task.onAbort, { once: true });
    if (place === 'first') this.waiting.unshift(task);
    else this.waiting.push(task);
    this.startWaiting();
  }

  private startWaiting(): void {
    if (this.closed) return;
    while (this.waiting.length > 0) {
      const process = this.tryToPick();
      if (!process) return;
      void this.run(process, this.waiting.shift() as WaitingTask);
    }
    this.shareOut();
  }

  private async run(process: EngineProcess, task: WaitingTask): Promise<void> {
    const { request, signal, resolve } = task;
    signal?.removeEventListener('abort', task.onAbort);
    let settle: () => void;
    try {
      const answer = await process.run(request, signal);
      settle = () => resolve(answer);
    } catch (error) {
      // One that goes to another process is in line again before anything is shared out.
      if (error instanceof NotTakenUp) return this.retryOrReject(task, error);
      settle = () => task.reject(error);
    }
    // The process has its next document before anybody looks at the answer to this one.
    this.startWaiting();
    settle();
  }

  /** A process that was lost before it took a document up takes the document with it at the second time only. */
  private retryOrReject(task: WaitingTask, { cause, wasFirst }: NotTakenUp): void {
    if (task.signal?.aborted) task.reject(task.signal.reason);
    else if (this.closed) task.reject(closedError());
    else if (wasFirst && task.retried) task.reject(cause);
    else this.enqueue({ ...task, retried: task.retried || wasFirst }, 'first');
    this.startWaiting();
  }

  /** A document for which no process can be started fails; the next one tries again. */
  private tryToPick(): EngineProcess | undefined {
    while (this.waiting.length > 0) {
      try {
        return this.pickProcess();
      } catch (error) {
        const task = this.waiting.shift() as WaitingTask;
        task.signal?.removeEventListener('abort', task.onAbort);
        task.reject(crashed(`it could not be started: ${error instanceof Error ? error.message : String(error)}`));
      }
    }
    return undefined;
  }

  /** One with nothing to do, else a new one, else one that can have a second document at hand. */
  private pickProcess(): EngineProcess | undefined {
    const processes = [...this.processes].filter((process) => process.alive);
    const idle = processes.find((process) => process.load === 0);
    if (idle || this.processes.size >= this.concurrency) return idle ?? processes.find((process) => process.hasRoom);
    return this.addProcess();
  }

  private addProcess(): EngineProcess {
    const added = new EngineProcess(this.options, (process) => this.replace(process));
    this.processes.add(added);
    return added;
  }

  /** The place of a lost process is taken at once: nobody who comes later waits for the start of another. */
  private replace(process: EngineProcess): void {
    this.processes.delete(process);
    if (this.closed) return;
    this.restarted++;
    if (process.wasReady) this.prepareAnother();
    this.startWaiting();
  }

  /** Why one cannot be started, or get ready, is told to the next document. */
  private prepareAnother(): void {
    try {
      this.addProcess()
        .prepare()
        .catch(() => {});
    } catch {
      // As above.
    }
  }

  /** A document must not wait behind another one while a process has nothing to do. */
  private shareOut(): void {
    const processes = [...this.processes].filter((process) => process.alive);
    if (processes.some((process) => process.load === 0)) processes.find((process) => process.load > 1)?.takeBack();
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
