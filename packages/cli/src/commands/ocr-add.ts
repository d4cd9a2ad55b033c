import { addOcrLanguage, loadConfiguration, ocrFolder } from '@docket/core';
import { Command } from 'commander';
import { print, type Shell } from '../shell.js';
import { printable } from '../terminal/text.js';

/** `docket ocr add` */
export function ocrAddCommand(shell: Shell): Command {
  return new Command('add')
    .summary('add a language from a file')
    .description('Adds a language from a file of tesseract: deu.traineddata, or deu.traineddata.gz.')
    .helpOption('-h, --help', 'print help')
    .argument('<file...>', 'files named by the code of their language')
    .option('--replace', 'replace a language that is there')
    .action(async (files: string[], { replace = false }: { readonly replace?: boolean }) => {
      const { values } = await loadConfiguration({ environment: shell.env, folder: shell.folder });
      const folder = ocrFolder(values.home);
      for (const file of files) {
        const { code } = await addOcrLanguage({ file, folder, replace });
        await print(shell.stdout, `added ${printable(code)}\n`);
      }
    });
}
