import { Command } from 'commander';
import type { Shell } from '../shell.js';
import { ocrAddCommand } from './ocr-add.js';
import { ocrListCommand } from './ocr-list.js';

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
    .addCommand(ocrListCommand(shell))
    .addCommand(ocrAddCommand(shell));
}
