import { DEFAULT_PDF_READER, PDF_READER_NAMES, SCORER_NAMES } from '@docket/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type ClassifyFlags, classifyPaths } from '../classification/classify-paths.js';
import { languageOption, ocrEngineOption, ocrMaxPagesOption, ocrModeOption } from '../documents/reading-flags.js';
import { FORMAT_NAMES } from '../formats/outcome-format.js';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';

const NOTES = `
Flags win over parsing_configuration of the rule file; a flag about pages sets both of its page
fields aside. In folders, what begins with a dot is skipped, and so are the rule file and the output
file. A path that leads nowhere is a document that failed.

Exit status: 0 every document was classified (no match counts), 1 some failed, 2 wrong usage, 130 interrupted.

Examples:
  $ docket classify invoice.pdf --rules rules.yaml
  $ docket classify inbox/ archive/ --rules rules.yaml --output results.csv
  $ docket classify inbox/ --rules rules.yaml --max-pages 3 --format jsonl | jq -r 'select(.type == "invoice").path'
  $ curl -s https://intranet/report.pdf | docket classify - --rules rules.yaml --explain`;

/** `docket classify` */
export function classifyCommand(shell: Shell, finish: Finish): Command {
  return new Command('classify')
    .summary('classify documents by the rules of a file')
    .description('Classifies documents by the rules of a file.')
    .helpOption('-h, --help', 'print help')
    .argument('<path...>', 'files, folders (with all below them), or - for standard input')
    .requiredOption('-r, --rules <file>', 'rule file, YAML or JSON: a list of {type, description}')
    .option('--target-pages <pages>', 'read these pages, such as 1,3,5-7; wins over --max-pages')
    .addOption(new Option('--max-pages <count>', 'read the first so many pages').argParser(parseCount))
    .addOption(languageOption())
    .option('--scorer <name>', `what scores documents: ${SCORER_NAMES.join(', ')} (default: auto)`)
    .option('--model <name>', 'the installed model that takes part (default: the built-in one)')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .option('--pdf-reader <name>', `what reads PDF: ${PDF_READER_NAMES.join(', ')} (default: ${DEFAULT_PDF_READER})`)
    .addOption(ocrModeOption())
    .addOption(ocrMaxPagesOption())
    .addOption(ocrEngineOption())
    .addOption(
      new Option(
        '-f, --format <format>',
        'format of the results (default: what the extension of --output says, else table)',
      ).choices(FORMAT_NAMES),
    )
    .option('-o, --output <file>', 'write the results to a file, whole or not at all')
    .option('--concurrency <count>', 'documents at once (default: one per processor)')
    .option('--explain', 'add the evidence (table, json and jsonl)')
    .option('--timings', 'add how long each document took, in milliseconds')
    .addHelpText('after', NOTES)
    .action(async (paths: string[], flags: ClassifyFlags) => finish(await classifyPaths(paths, flags, shell)));
}

function parseCount(text: string): number {
  if (/^\d+$/.test(text) && Number(text) >= 1) return Number(text);
  throw new InvalidArgumentError('It must be a whole number of at least 1.');
}
