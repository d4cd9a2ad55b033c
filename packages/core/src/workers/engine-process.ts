import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { timedOut } from '../documents/limits.js';
import { DocketError } from '../errors.js';
import type { EnginePoolOptions } from './engine-pool.js';
import type { ParentMessage, WorkerAnswer, WorkerReply, WorkerRequest, WorkerTask } from './protocol.js';
import { residentMemoryMb } from './resident-memory.js';

/** How often the memory of a busy process is looked at. */
const MEMORY_CHECK_MS = 100;

/** Time beyond the document's own limit after which a process counts as hanging: loading the engine falls into it once. */
const START_ALLOWANCE_MS = 10_000;

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

/** Room, in MiB, for what one document leaves: most of it is garbage before the collector would have to copy it. */
export const YOUNG_GENERATION = ['--min-semi-space-size=8', '--max-semi-space-size=8'];

/**
 * One engine process: works on one document, with the next one at hand so that it never waits for it, and can be ended at
 * any moment.
 */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  /** In the order in which it works on them. */
  private readonly sent: SentTask[] = [];
  private tasks = 0;
  private warm = false;
  private ending = false;
  private stopWatching = () => {};

  constructor(private readonly options: EnginePoolOptions) {
    this.child = fork(workerFile(), [], {
      serialization: 'advanced',
      // What a library prints must not reach standard output, which belongs to the command.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
      execArgv: [`--max-old-space-size=${options.maxMemoryMb}`, ...YOUNG_GENERATION],
    });
    this.exited = once(this.child, 'exit').catch(() => {});
    this.child.on('message', (reply: WorkerReply) => this.receive(reply));
    this.child.on('error', (error) => this.fail(crashed(error.message)));
    this.child.on('exit', (code, signal) => {
      this.ending = true;
      this.fail(exitError(code, signal, options.maxMemoryMb));
    });
    this.child.channel?.unref();
    this.child.unref();
    if (options.niceness !== undefined) this.standBack(options.niceness);
  }

  /** Whether the process can take another document. */
  get alive(): boolean {
    return !this.ending && this.child.exitCode === null && this.child.connected;
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
      if (this.sent.length === 1) this.watchFirst();
      this.send(message);
    });
  }

  /** Takes the last document back unless the process is at work on it: its promise is rejected with {@link NotTakenUp}. */
  takeBack(): void {
    const task = this.sent.at(-1);
    if (task && task !== this.sent[0]) this.withdraw(task, new NotTakenUp(undefined, false));
  }

  /** Ends the process and waits until it is gone. */
  async end(): Promise<void> {
    this.child.ref();
    this.stop(crashed('the pool was closed'));
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
    this.child.send(message, (error) => error && this.fail(crashed(error.message)));
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

  /** Keeps time and memory of the document that is worked on. */
  private watchFirst(): void {
    this.stopWatching();
    if (this.sent.length === 0) return;
    const { limits, maxMemoryMb } = this.options;
    const allowedMs = limits.timeoutMs + (this.warm ? 0 : START_ALLOWANCE_MS);
    const deadline = setTimeout(() => this.stop(timedOut(limits.timeoutMs)), allowedMs);
    const memory = setInterval(() => {
      if (residentMemoryMb(this.child.pid) > maxMemoryMb) this.stop(outOfMemory(maxMemoryMb));
    }, MEMORY_CHECK_MS);
    this.stopWatching = () => {
      clearTimeout(deadline);
      clearInterval(memory);
      this.stopWatching = () => {};
    };
  }

  private stop(reason: unknown): void {
    this.ending = true;
    this.child.kill('SIGKILL');
    this.fail(reason);
  }

  private receive(reply: WorkerReply): void {
    const task = this.sent.find(({ id }) => id === reply.id);
    if (reply.kind === 'started') {
      if (task) task.hasStarted = true;
      else this.stop(crashed('it was at work on a document that was taken back'));
      return;
    }
    if (!task) return;
    this.warm = true;
    this.remove(task);
    if (reply.kind === 'done') task.resolve(reply);
    else task.reject(new DocketError(reply.code, reply.message, { data: reply.data }));
  }

  private remove(task: SentTask): void {
    const index = this.sent.indexOf(task);
    this.sent.splice(index, 1);
    task.forgetSignal();
    if (index === 0) this.watchFirst();
  }

  private fail(reason: unknown): void {
    const tasks = this.sent.splice(0);
    this.stopWatching();
    tasks.forEach(({ hasStarted, reject, forgetSignal }, index) => {
      forgetSignal();
      reject(hasStarted ? reason : new NotTakenUp(reason, index === 0));
    });
  }
}

/** Where the worker's program is: beside this file when built, in `dist` when this runs from its source. */
function workerFile(): string {
  const beside = fileURLToPath(new URL('./engine-worker.js', import.meta.url));
  return existsSync(beside) ? beside : fileURLToPath(new URL('../../dist/workers/engine-worker.js', import.meta.url));
}

function exitError(code: number | null, signal: NodeJS.Signals | null, maxMemoryMb: number): DocketError {
  // V8 aborts when its heap is full.
  if (signal === 'SIGABRT' || code === 134) return outOfMemory(maxMemoryMb);
  return crashed(signal ? `it was ended by ${signal}` : `it exited with status ${code}`);
}

function crashed(how: string): DocketError {
  const message = `the engine process was lost while it worked on this document (${how}); the others are not affected`;
  return new DocketError('internal.worker_crashed', message);
}

function outOfMemory(maxMemoryMb: number): DocketError {
  const message = `the document needs more memory than the ${maxMemoryMb} MiB allowed; select fewer pages or raise workers.maxMemoryMb`;
  return new DocketError('capacity.out_of_memory', message, { data: { maxMemoryMb } });
}
