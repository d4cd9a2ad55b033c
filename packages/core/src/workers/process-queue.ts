import { setMaxListeners } from 'node:events';
import { availableParallelism } from 'node:os';
import { DocketError } from '../errors.js';
import type { EnginePoolOptions, PooledOptions } from './engine-pool.js';
import { EngineProcess, NotTakenUp } from './engine-process.js';
import type { WorkerAnswer, WorkerRequest } from './protocol.js';
import { crashed } from './worker-errors.js';

interface WaitingTask {
  readonly request: WorkerRequest;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
  readonly retried: boolean;
  onAbort: () => void;
}

/** Hands tasks to engine processes as these get free, and replaces the processes that are lost: see `EnginePool`. */
export class ProcessQueue implements AsyncDisposable {
  /** Tasks that are worked on at once. */
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
   * Starts processes that are not there yet, and waits until every one has the engine loaded.
   * @param count How many there are to be at least, of as many as may be
   * @throws DocketError `internal.worker_crashed`, `capacity.out_of_memory` when one is lost meanwhile
   */
  async ready(count = this.concurrency): Promise<void> {
    if (this.closed) throw closedError();
    while (this.processes.size < Math.min(count, this.concurrency)) this.addProcess();
    // Nothing else keeps this program alive until they are.
    const alive = setInterval(() => {}, 60_000);
    await Promise.all([...this.processes].map((process) => process.prepare())).finally(() => clearInterval(alive));
  }

  /**
   * Has a task done; waits for a free process.
   * @throws DocketError as `EnginePool.classify`
   */
  protected submit(request: WorkerRequest, { signal }: PooledOptions): Promise<WorkerAnswer> {
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
