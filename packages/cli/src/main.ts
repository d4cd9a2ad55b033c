import { EnginePool, toDocketError } from '@docket/core';
import { CommanderError } from 'commander';
import { buildProgram } from './program.js';
import { Interruption, print, type Shell } from './shell.js';
import { printable } from './terminal/text.js';

const SIGNALS = { SIGINT: 130, SIGTERM: 143, SIGHUP: 129 } as const;

/**
 * Runs the command.
 * @param argv What stands behind the command's name
 * @returns The exit status: 0 done, 1 something failed, 2 wrong usage, 128 and more interrupted
 */
export async function run(argv: readonly string[], shell: Shell): Promise<number> {
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
    const program = buildProgram({ ...shell, signal }, (code) => {
      exitCode = code;
    });
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

/** Runs the command as a process: with its streams and signals. Leaves the exit status behind. */
export async function main(): Promise<void> {
  const interruption = new AbortController();
  for (const [name, exitCode] of Object.entries(SIGNALS)) {
    // Once: a second Ctrl-C ends the process at once.
    process.once(name, () => interruption.abort(new Interruption(exitCode)));
  }
  // A pipe that closes while the last text is on its way must not become an uncaught error.
  process.stdout.on('error', () => {});
  const { stdout, stderr, stdin, env } = process;
  const { signal } = interruption;
  const createPool: Shell['createPool'] = (options) => new EnginePool(options);
  // Engine processes do not keep this one alive, so something else must until they have ended.
  const alive = setInterval(() => {}, 60_000);
  try {
    process.exitCode = await run(process.argv.slice(2), {
      stdout,
      stderr,
      stdin,
      env,
      folder: '.',
      signal,
      createPool,
    });
  } finally {
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
