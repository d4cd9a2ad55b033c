import { allCommands } from './commands.js';
import { type ProcessOptions, runCommand, runProcess } from './run-command.js';
import type { Shell } from './shell.js';

/**
 * Runs the command.
 * @param argv What stands behind the command's name
 * @returns The exit status: 0 done, 1 something failed, 2 wrong usage, 128 and more interrupted
 */
export function run(argv: readonly string[], shell: Shell): Promise<number> {
  return runCommand(argv, shell, allCommands);
}

/** Runs the command as a process: with its streams and signals. Leaves the exit status behind. */
export function main(options: ProcessOptions = {}): Promise<void> {
  return runProcess(allCommands, options);
}
