import { Command } from 'commander';
import { print, type Shell } from '../shell.js';
import { printable } from '../terminal/text.js';

/** `docket bench init` */
export function benchInitCommand(shell: Shell): Command {
  return new Command('init')
    .summary('write an example of a data set')
    .description('Writes an example: the same documents as a folder, as JSONL and as CSV, and rules for them.')
    .helpOption('-h, --help', 'print help')
    .argument('<folder>', 'where to; nothing that exists is overwritten')
    .action(async (folder: string) => {
      const { writeExample } = await import('@docket/evals');
      const files = await writeExample(folder);
      await print(
        shell.stdout,
        `wrote ${files.length} files to ${printable(folder)}; README.md there says what to do next\n`,
      );
    });
}
