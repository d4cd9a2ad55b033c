import { EnginePool, type SpareEngine, toDocketError } from '@docket/core';
import { CommanderError } from 'commander';
import { type BuildCommands, buildProgram } from './program.js';
import { Interruption, print, type Shell } from './shell.js';
import { printable } from './terminal/text.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs a command of a program.
 * @param argv What stands behind the program's name
 * @returns The exit status: 0 done, 1 something failed, 2 wrong usage, 128 and more interrupted
 */
export async function runCommand(argv: readonly string[], shell: Shell, build: BuildCommands): Promise<number> {
  const brokenPipe = new AbortController();
  const watch = (error: NodeJS.ErrnoException) =>
    brokenPipe.abort(error.code === 'EPIPE' ? new Interruption(0) : error);
  // Without anyone to read the error there is nothing to say when standard error breaks.
  const ignore = () => {};
  shell.stdout.on('error', watch);
  shell.stderr.on('error', ignore);
  const signal = AbortSignal.any([shell.signal, brokenPipe.signal]);
  let exitCode = 0;
  try {
    const connected = { ...shell, signal };
    const finish = (code: number) => {
      exitCode = code;
    };
    const program = buildProgram(build(connected, finish), connected);
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (signal.reason instanceof Interruption) return signal.reason.exitCode;
    return await explainFailure(error, shell);
  } finally {
    shell.stdout.off('error', watch);
    shell.stderr.off('error', ignore);
  }
}

/** What {@link runProcess} is given. */
export interface ProcessOptions {
  /** An engine process that was started before; it is ended here, whether somebody needs it or not. */
  readonly spare?: SpareEngine | undefined;
}

/** Runs the command as a process: with its streams and signals. Leaves the exit status behind. */
export async function runProcess(build: BuildCommands, { spare }: ProcessOptions = {}): Promise<void> {
  const interruption = new AbortController();
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    // Once: a second Ctrl-C ends the process at once.
    process.once(name, () => interruption.abort(new Interruption(exitCode)));
  }
  // A pipe that closes while the last text is on its way must not become an uncaught error.
  process.stdout.on('error', () => {});
  const { stdout, stderr, stdin, env } = process;
  const { signal } = interruption;
  const createPool: Shell['createPool'] = (options) => new EnginePool({ ...options, spare });
  // Engine processes do not keep this one alive, so something else must until they have ended.
  const alive = setInterval(() => {}, 60_000);
  try {
    const shell = { stdout, stderr, stdin, env, folder: '.', signal, createPool };
    process.exitCode = await runCommand(process.argv.slice(2), shell, build);
  } finally {
    spare?.end();
    clearInterval(alive);
    // After an interruption it may still be waited for.
    stdin.destroy();
  }
}

async function explainFailure(thrown: unknown, { stderr }: Shell): Promise<number> {
  // Commander has printed it already; its own exit status tells help from wrong usage.
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if ((thrown as NodeJS.ErrnoException | undefined)?.code === 'EPIPE') return 0;
  // The system's own words, such as ENOSPC: no bug to report.
  const isSystem = typeof (thrown as NodeJS.ErrnoException | undefined)?.errno === 'number';
  const { code, message } = isSystem ? { code: 'system', message: (thrown as Error).message } : toDocketError(thrown);
  await print(stderr, `docket: ${printable(message)}\n`).catch(() => {});
  const isUsage = code.startsWith('request.') || code.startsWith('model.') || code === 'resource.file_not_found';
  return isUsage ? 2 : 1;
}
