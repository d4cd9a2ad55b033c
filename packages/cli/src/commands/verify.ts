import { DocketError } from '@docket/core';
import { Command } from 'commander';

/** `docket verify`, which the launcher of a bundle does itself, before anything is loaded. */
export function verifyCommand(): Command {
  return new Command('verify')
    .summary('read every file of an unpacked bundle again and compare its hash')
    .description('Reads every file of the bundle that this program came in, and compares it with the manifest.')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', '\nExit status: 0 when all are whole, 2 when one is not, or this machine is another one.')
    .action(() => {
      const message =
        'this program did not come in a bundle, so there is nothing to compare it with; docket doctor tries it';
      throw new DocketError('request.invalid_usage', message);
    });
}
