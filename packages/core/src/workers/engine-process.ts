import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setPriority } from 'node:os';
import { DocketError } from '../errors.js';
import type { EnginePoolOptions } from './engine-pool.js';
import { forkEngine } from './fork-engine.js';
import { MemoryWatch } from './memory-watch.js';
import type { ParentMessage, WorkerAnswer, WorkerReply, WorkerRequest, WorkerTask } from './protocol.js';
import { TaskClock, type TaskClockOptions } from './task-clock.js';
import { crashed, exitError, outOfMemory, startTimedOut } from './worker-errors.js';
import { DEFAULT_MODEL_MS, DEFAULT_START_MS, mayRunModel } from './worker-limits.js';

/** Documents that a process is given: the one that it works on, and the one that it goes on with. */
const MOST_SENT = 2;

interface SentTask {
  readonly id: number;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (reason: unknown) => void;
  /** Stops listening to the signal. */
  readonly forgetSignal: () => void;
  hasStarted: boolean;
}

/** A process was lost, or gave a document back, before it took that up: losing it says nothing of the document. */
export class NotTakenUp extends Error {
  /** @param wasFirst Whether nothing else was in its way */
  constructor(
    override readonly cause: unknown,
    readonly wasFirst: boolean,
  ) {
    super('the engine process did not take the document up');
  }
}

/**
 * One engine process: works on one document, with the next one at hand so that it never waits for it, and can be ended at
 * any moment.
 */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private readonly memory: MemoryWatch;
  private readonly prepared: Promise<void>;
  private endPreparing: (failure?: unknown) => void = () => {};
  /** In the order in which it works on them. */
  private readonly sent: SentTask[] = [];
  /** Documents that were taken back and of which it is not known whether the process has begun with them. */
  private readonly takenBack = new Set<number>();
  private tasks = 0;
  private answered = 0;
  private isPreparing = false;
  private preparingTimer: NodeJS.Timeout | undefined;
  private warm = false;
  private lost = false;
  private clock: TaskClock | undefined;

  /** @param onLost Called once when it is ended or dies */
  constructor(
    private readonly options: EnginePoolOptions,
    private readonly onLost: (process: EngineProcess) => void,
  ) {
    this.child = options.spare?.take(options) ?? forkEngine(options);
    this.exited = once(this.child, 'exit').catch(() => {});
    this.memory = new MemoryWatch(this.child.pid, (residentMb) => this.checkMemory(residentMb));
    this.prepared = new Promise((resolve, reject) => {
      this.endPreparing = (failure) => (failure === undefined ? resolve() : reject(failure));
    });
    this.prepared.catch(() => {});
    this.child.on('message', (reply: WorkerReply) => this.receive(reply));
    this.child.on('error', (error) => this.stop(crashed(error.message)));
    this.child.on('exit', (code, signal) => {
      this.lose(exitError({ code, signal, residentMb: this.memory.residentMb }, options.maxMemoryMb));
    });
    if (options.niceness !== undefined) this.standBack(options.niceness);
  }

  /** Whether the process can take another document. */
  get alive(): boolean {
    return !this.lost && this.child.exitCode === null && this.child.connected;
  }

  /** Whether it ever was there to be given documents: one that is lost before would be lost again. */
  get wasReady(): boolean {
    return this.warm;
  }

  /** Documents that it was given and has not answered. */
  get load(): number {
    return this.sent.length;
  }

  /** Whether it can be given one more; a process that is still starting is given no second one. */
  get hasRoom(): boolean {
    return this.sent.length < (this.warm ? MOST_SENT : 1);
  }

  /**
   * Works on one document; the process is ended when the document takes too long or too much memory.
   * @throws NotTakenUp when the document may go to another process
   */
  run(request: WorkerRequest, signal: AbortSignal | undefined): Promise<WorkerAnswer> {
    const { engine, limits } = this.options;
    const message: WorkerTask = { ...request, id: ++this.tasks, engine, limits };
    return new Promise((resolve, reject) => {
      const abort = () => this.abandon(task, signal?.reason);
      const forgetSignal = () => signal?.removeEventListener('abort', abort);
      const task: SentTask = { id: message.id, resolve, reject, forgetSignal, hasStarted: false };
      signal?.addEventListener('abort', abort, { once: true });
      this.sent.push(task);
      // From here on the time of the document holds.
      clearTimeout(this.preparingTimer);
      if (this.sent.length === 1) this.watchFirst();
      try {
        this.send(message);
      } catch (error) {
        // What cannot be cloned never got there; others behind it must not wait for it.
        this.remove(task);
        reject(error);
      }
    });
  }

  /**
   * Takes the last document back unless the process is at work on it: its promise is rejected with {@link NotTakenUp}. A
   * process that begins with it before it hears of that works on it in vain.
   */
  takeBack(): void {
    const task = this.sent.at(-1);
    if (!task || task === this.sent[0]) return;
    this.takenBack.add(task.id);
    this.withdraw(task, new NotTakenUp(undefined, false));
  }

  /**
   * Loads the engine ahead of the first document.
   * @returns Resolves when it is loaded; rejects when the process is lost before
   */
  prepare(): Promise<void> {
    if (!this.isPreparing && this.alive) {
      this.isPreparing = true;
      this.send({ kind: 'prepare', engine: this.options.engine });
      if (this.sent.length === 0) this.limitPreparing();
    }
    return this.prepared;
  }

  private limitPreparing(): void {
    const { startMs = DEFAULT_START_MS } = this.options;
    this.preparingTimer = setTimeout(() => this.stop(startTimedOut(startMs)), startMs).unref();
  }

  /** Ends the process, rejects its documents and waits until it is gone. */
  async end(reason: unknown): Promise<void> {
    this.child.ref();
    this.stop(reason);
    if (this.child.exitCode === null && this.child.signalCode === null) await this.exited;
  }

  private standBack(niceness: number): void {
    try {
      if (this.child.pid !== undefined) setPriority(this.child.pid, niceness);
    } catch {
      // Some systems do not allow it; the work is the same.
    }
  }

  private send(message: ParentMessage): void {
    // A process that could not be started for want of file descriptors has no channel; its `error` follows.
    if (typeof this.child.send !== 'function') return;
    this.child.send(message, (error) => error && this.stop(crashed(error.message)));
  }

  private abandon(task: SentTask, reason: unknown): void {
    if (task === this.sent[0]) this.stop(reason);
    else this.withdraw(task, reason);
  }

  private withdraw(task: SentTask, reason: unknown): void {
    this.remove(task);
    this.send({ kind: 'forget', id: task.id });
    task.reject(reason);
  }

  /** Keeps the time of the document that is worked on. */
  private watchFirst(): void {
    this.clock?.stop();
    this.clock = this.sent.length > 0 ? new TaskClock(this.clockOptions(), (late) => this.stop(late)) : undefined;
  }

  private clockOptions(): TaskClockOptions {
    const { limits, engine, startMs = DEFAULT_START_MS, modelMs = DEFAULT_MODEL_MS } = this.options;
    return { limits, startMs, modelMs: mayRunModel(engine) ? modelMs : 0 };
  }

  /** One that has nothing to do is replaced too, unless it was never any smaller: the next would be no better. */
  private checkMemory(residentMb: number): void {
    const { maxMemoryMb } = this.options;
    if (residentMb <= maxMemoryMb) return;
    if (this.sent.length > 0 || this.answered > 0) this.stop(outOfMemory(maxMemoryMb));
  }

  private stop(reason: unknown): void {
    this.child.kill('SIGKILL');
    this.lose(reason);
  }

  private receive(reply: WorkerReply): void {
    if (this.lost) return;
    if (reply.kind === 'prepared') {
      this.warm = true;
      clearTimeout(this.preparingTimer);
      this.endPreparing();
      return;
    }
    const task = this.sent.find(({ id }) => id === reply.id);
    if (reply.kind === 'started') {
      if (task) task.hasStarted = true;
      else if (this.takenBack.delete(reply.id)) this.workInVain(reply.id);
      else this.stop(new NotTakenUp(crashed('it was at work on a document that was aborted'), false));
    } else if (reply.kind === 'forgotten') {
      this.takenBack.delete(reply.id);
    } else if (reply.kind === 'reading') this.clock?.reading();
    else if (reply.kind === 'opened') this.clock?.opened(reply.pages);
    else if (reply.kind === 'recognising') this.clock?.recognising(reply.pages);
    else if (task) this.settle(task, reply);
  }

  /** The process is busy with a document that nobody waits for here: its time is kept, and others wait behind it. */
  private workInVain(id: number): void {
    const nobody = () => {};
    this.sent.unshift({ id, resolve: nobody, reject: nobody, forgetSignal: nobody, hasStarted: true });
    this.watchFirst();
  }

  private settle(task: SentTask, reply: WorkerReply & { kind: 'done' | 'failed' }): void {
    this.warm = true;
    this.answered++;
    this.remove(task);
    if (reply.kind === 'done' && reply.result) this.endPreparing();
    if (reply.kind === 'done') task.resolve(reply);
    else task.reject(new DocketError(reply.code, reply.message, { data: reply.data }));
  }

  private remove(task: SentTask): void {
    const index = this.sent.indexOf(task);
    this.sent.splice(index, 1);
    task.forgetSignal();
    if (index === 0) this.watchFirst();
  }

  private lose(reason: unknown): void {
    if (this.lost) return;
    this.lost = true;
    const tasks = this.sent.splice(0);
    this.clock?.stop();
    clearTimeout(this.preparingTimer);
    this.memory.stop();
    this.endPreparing(reason);
    // What waits for an answer has one, whatever comes of the replacement.
    tasks.forEach(({ hasStarted, reject, forgetSignal }, index) => {
      forgetSignal();
      reject(hasStarted || reason instanceof NotTakenUp ? reason : new NotTakenUp(reason, index === 0));
    });
    this.onLost(this);
  }
}
