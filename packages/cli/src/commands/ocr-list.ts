import { loadConfiguration, ocrStatus, readerChoiceFor } from '@docket/core';
import { Command, Option } from 'commander';
import { ocrEngineOption } from '../documents/reading-flags.js';
import { writeJson } from '../models/write-json.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';
import { printable } from '../terminal/text.js';

/** Flags of `docket ocr list`. */
interface ListFlags {
  readonly format?: 'table' | 'json';
  readonly ocrEngine?: string;
}

/** `docket ocr list` */
export function ocrListCommand(shell: Shell): Command {
  return new Command('list')
    .summary('list the languages that are installed')
    .description('Lists the languages that are installed, and what reads them.')
    .helpOption('-h, --help', 'print help')
    .addOption(ocrEngineOption())
    .addOption(new Option('-f, --format <format>', 'format (default: table)').choices(['table', 'json']))
    .action(async ({ format, ocrEngine }: ListFlags) => {
      const flags = { ocrEngine };
      const { values } = await loadConfiguration({ flags, environment: shell.env, folder: shell.folder });
      const status = await ocrStatus(readerChoiceFor(values));
      if (format === 'json') return await print(shell.stdout, writeJson(status));
      const columns = ['LANGUAGE', 'CODE', 'FROM'].map((head) => ({ head }));
      const rows = status.languages.map(({ iso, code, source }) => [iso ?? '-', code, printable(source)]);
      const table = layOutTable({ columns, rows, colours: coloursFor(shell.stdout, shell.env) });
      await print(shell.stdout, `${table}\nRead by ${status.engine}.\n`);
    });
}
