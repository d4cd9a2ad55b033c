import { loadConfiguration } from '@docket/core';
import { Command } from 'commander';
import type { Finding } from '../doctor/check.js';
import { examine } from '../doctor/examine.js';
import type { Finish } from '../program.js';
import { print, type Shell } from '../shell.js';
import { type Colours, coloursFor } from '../terminal/colours.js';
import { printable } from '../terminal/text.js';

const EXAMPLES = `
Exit status: 0 when all is well, 1 when something is not.

Examples:
  $ docket doctor
  $ DOCKET_SCORER=static docket doctor`;

const SUBJECT_WIDTH = 12;

/** `docket doctor` */
export function doctorCommand(shell: Shell, finish: Finish): Command {
  return new Command('doctor')
    .summary('check the installation: versions, what is installed, a self-test')
    .description('Checks the installation: versions, what is installed, and a self-test.')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EXAMPLES)
    .action(async () => {
      const configuration = await loadConfiguration({ environment: shell.env, folder: shell.folder });
      const colours = coloursFor(shell.stdout, shell.env);
      let failed = 0;
      for await (const finding of examine(configuration, shell)) {
        shell.signal.throwIfAborted();
        if (!finding.isOk) failed++;
        await print(shell.stdout, writeLine(finding, colours));
      }
      const verdict = failed === 0 ? 'all is well' : `${failed} ${failed === 1 ? 'check' : 'checks'} failed`;
      await print(shell.stdout, `\n${colours.bold(verdict)}\n`);
      finish(failed === 0 ? 0 : 1);
    });
}

function writeLine({ subject, isOk, detail }: Finding, { green, red }: Colours): string {
  const mark = isOk ? green('ok    ') : red('failed');
  return `${mark}  ${subject.padEnd(SUBJECT_WIDTH)}  ${printable(detail)}\n`;
}
