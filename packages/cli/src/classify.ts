import { classifyCommand } from './commands/classify.js';
import { type ProcessOptions, runProcess } from './run-command.js';

/** {@link main} for `docket classify` alone: the build makes one file of it, which starts quickly. */
export function main(options: ProcessOptions = {}): Promise<void> {
  return runProcess((shell, finish) => [classifyCommand(shell, finish)], options);
}
