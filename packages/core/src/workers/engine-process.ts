import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { timedOut } from '../documents/limits.js';
import { DocketError } from '../errors.js';
import type { EnginePoolOptions } from './engine-pool.js';
import type { WorkerAnswer, WorkerReply, WorkerRequest, WorkerTask } from './protocol.js';
import { residentMemoryMb } from './resident-memory.js';

/** How often the memory of a busy process is looked at. */
const MEMORY_CHECK_MS = 100;

/** Time beyond the document's own limit after which a process counts as hanging: loading the engine falls into it once. */
const START_ALLOWANCE_MS = 10_000;

interface RunningTask {
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** One engine process: does one document at a time and can be ended at any moment. */
export class EngineProcess {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown>;
  private running: RunningTask | undefined;
  private tasks = 0;
  private warm = false;
  private started = false;
  private ending = false;

  constructor(private readonly options: EnginePoolOptions) {
    this.child = fork(workerFile(), [], {
      serialization: 'advanced',
      // What a library prints must not reach standard output, which belongs to the command.
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env: { ...process.env, ORT_DISABLE_TELEMETRY: '1' },
      execArgv: [`--max-old-space-size=${options.maxMemoryMb}`],
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

  /** Whether the process took up its last document: if not, losing it says nothing of the document. */
  get tookUp(): boolean {
    return this.started;
  }

  /** Works on one document; the process is ended when the document takes too long or too much memory. */
  async run(request: WorkerRequest, signal: AbortSignal | undefined): Promise<WorkerAnswer> {
    const { engine, limits, maxMemoryMb } = this.options;
    this.started = false;
    const task: WorkerTask = { ...request, id: ++this.tasks, engine, limits };
    const allowedMs = limits.timeoutMs + (this.warm ? 0 : START_ALLOWANCE_MS);
    const deadline = setTimeout(() => this.stop(timedOut(limits.timeoutMs)), allowedMs);
    const memory = setInterval(() => {
      if (residentMemoryMb(this.child.pid) > maxMemoryMb) this.stop(outOfMemory(maxMemoryMb));
    }, MEMORY_CHECK_MS);
    const abort = () => this.stop(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      return await new Promise((resolve, reject) => {
        this.running = { resolve, reject };
        this.child.send(task, (error) => error && this.fail(crashed(error.message)));
      });
    } finally {
      clearTimeout(deadline);
      clearInterval(memory);
      signal?.removeEventListener('abort', abort);
    }
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

  private stop(reason: unknown): void {
    this.ending = true;
    this.child.kill('SIGKILL');
    this.fail(reason);
  }

  private receive(reply: WorkerReply): void {
    if (reply.id !== this.tasks) return;
    this.started = true;
    if (reply.kind === 'started') return;
    this.warm = true;
    const running = this.running;
    this.running = undefined;
    if (reply.kind === 'done') running?.resolve(reply);
    else running?.reject(new DocketError(reply.code, reply.message, { data: reply.data }));
  }

  private fail(reason: unknown): void {
    const running = this.running;
    this.running = undefined;
    running?.reject(reason);
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
