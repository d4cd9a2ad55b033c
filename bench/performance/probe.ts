import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Pins a program to the first processor, with the helper threads of V8; nothing where the system has no `taskset`. */
const PINNED = canPin() ? ['taskset', '-c', '0'] : [];

/** How probes run, for a report. */
export const PINNING =
  PINNED.length > 0 ? 'pinned to one processor' : 'not pinned to a processor: there is no `taskset`';

/** A process that measures something whenever it is asked. */
export class Probe implements AsyncDisposable {
  private readonly child: ChildProcess;

  /**
   * @param file of JavaScript; answers each message with one
   * @param options its only argument, as JSON
   * @param isPinned Whether it stays on one processor, where that can be had
   */
  constructor(
    file: string,
    options: unknown,
    nodeFlags: readonly string[] = [],
    { isPinned = true }: { readonly isPinned?: boolean } = {},
  ) {
    const command = [...(isPinned ? PINNED : []), process.execPath, ...nodeFlags, file, JSON.stringify(options)];
    this.child = spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  }

  get processId(): number {
    return this.child.pid ?? 0;
  }

  /** @throws Error when the process ends without an answer */
  async ask<Answer>(question: unknown = 'run'): Promise<Answer> {
    const answered = new AbortController();
    const { signal } = answered;
    this.child.send(question as object);
    try {
      return await Promise.race([
        once(this.child, 'message', { signal }).then(([answer]) => answer as Answer),
        once(this.child, 'exit', { signal }).then(([code]) =>
          Promise.reject(new Error(`the probe ended with ${code}`)),
        ),
      ]);
    } finally {
      answered.abort();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}

function canPin(): boolean {
  try {
    execFileSync('taskset', ['-c', '0', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
