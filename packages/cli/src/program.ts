import { Command } from 'commander';
import type { OutputStream, Shell } from './shell.js';
import { docketVersion } from './version.js';

/** Tells the exit status of a command that came to its end. */
export type Finish = (exitCode: number) => void;

/** Makes the commands of a program. */
export type BuildCommands = (shell: Shell, finish: Finish) => readonly Command[];

const EXAMPLES = `
Examples:
  $ docket classify inbox/ --rules rules.yaml
  $ docket classify scan.pdf --rules rules.yaml --format json --explain
  $ docket serve --port 8484
  $ docket doctypes show invoice
  $ docket doctor

Documentation: README.md and docs/ of the project. Nothing that Docket reads leaves this machine.`;

/** Puts the program together from commands. */
export function buildProgram(commands: readonly Command[], shell: Shell): Command {
  const program = new Command('docket')
    .description('Classifies documents by plain-language rules, on your own machine.')
    .version(docketVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .enablePositionalOptions()
    .addHelpText('after', EXAMPLES);
  for (const command of commands) program.addCommand(command);
  connect(program, shell);
  return program;
}

/** Lets a command and all below it print to the shell's streams and throw instead of ending the process. */
function connect(command: Command, shell: Shell): void {
  const isGroup = command.commands.length > 0;
  command.exitOverride().configureOutput({
    writeOut: (text) => shell.stdout.write(text),
    writeErr: (text) => shell.stderr.write(text),
    getOutHelpWidth: () => widthOf(shell.stdout),
    getErrHelpWidth: () => widthOf(shell.stderr),
    outputError: (text, write) => {
      write(`docket: ${text.replace(/^error: /, '')}`);
      write(`run ${pathOf(command)} --help to see ${isGroup ? 'the commands' : 'how it is used'}\n`);
    },
  });
  for (const child of command.commands) connect(child, shell);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function widthOf(stream: OutputStream): number {
  return Math.min(stream.columns ?? 100, 120);
}
