import { addOcrLanguage, loadConfiguration, ocrFolder, ocrStatus, readerChoiceFor } from '@docket/core';
import { Command, Option } from 'commander';
import { writeJson } from '../models/write-json.js';
import { print, type Shell } from '../shell.js';
import { coloursFor } from '../terminal/colours.js';
import { layOutTable } from '../terminal/table.js';
import { printable } from '../terminal/text.js';

const EXAMPLES = `
English comes with Docket. Other languages are npm packages (@tesseract.js-data/deu), or files of tesseract
(deu.traineddata), which are brought to the machine by hand. Nothing is fetched.

Examples:
  $ docket ocr list
  $ docket ocr add deu.traineddata
  $ docket classify scans/ --rules rules.yaml --lang de`;

/** `docket ocr` */
export function ocrCommand(shell: Shell): Command {
  return new Command('ocr')
    .summary('list and add languages in which scans are read')
    .description('Lists and adds the languages in which scans and photos are read.')
    .helpOption('-h, --help', 'print help')
    .addHelpText('after', EXAMPLES)
    .addCommand(listCommand(shell))
    .addCommand(addCommand(shell));
}

function listCommand(shell: Shell): Command {
  return new Command('list')
    .summary('list the languages that are installed')
    .description('Lists the languages that are installed, and what reads them.')
    .helpOption('-h, --help', 'print help')
    .addOption(new Option('-f, --format <format>', 'format (default: table)').choices(['table', 'json']))
    .action(async ({ format }: { readonly format?: 'table' | 'json' }) => {
      const status = await ocrStatus(readerChoiceFor(await valuesOf(shell)));
      if (format === 'json') return await print(shell.stdout, writeJson(status));
      const columns = ['LANGUAGE', 'CODE', 'FROM'].map((head) => ({ head }));
      const rows = status.languages.map(({ iso, code, source }) => [iso ?? '-', code, printable(source)]);
      const table = layOutTable({ columns, rows, colours: coloursFor(shell.stdout, shell.env) });
      await print(shell.stdout, `${table}\nRead by ${status.engine}.\n`);
    });
}

function addCommand(shell: Shell): Command {
  return new Command('add')
    .summary('add a language from a file')
    .description('Adds a language from a file of tesseract: deu.traineddata, or deu.traineddata.gz.')
    .helpOption('-h, --help', 'print help')
    .argument('<file...>', 'files named by the code of their language')
    .option('--replace', 'replace a language that is there')
    .action(async (files: string[], { replace = false }: { readonly replace?: boolean }) => {
      const folder = ocrFolder((await valuesOf(shell)).home);
      for (const file of files) {
        const { code } = await addOcrLanguage({ file, folder, replace });
        await print(shell.stdout, `added ${printable(code)}\n`);
      }
    });
}

async function valuesOf(shell: Shell) {
  return (await loadConfiguration({ environment: shell.env, folder: shell.folder })).values;
}
