import { DEFAULT_PDF_READER, PDF_READER_NAMES, SCORER_NAMES } from '@docket/core';
import { Command } from 'commander';
import { type BenchRunFlags, runBench } from '../bench/run-bench.js';
import { languageOption, ocrEngineOption, ocrMaxPagesOption, ocrModeOption } from '../documents/reading-flags.js';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';

const NOTES = `
A data set is a folder with one sub-folder per type (_none: no rule matches), or a manifest .jsonl or .csv with
path or text, expected, and optional id, group, tags, target_pages. docket bench init writes an example of each.

Written are summary.json, results.jsonl, report.md, junit.xml and report.html; with several scorers a folder of
them for each, and comparison.md and comparison.html.

What is read is kept below the data folder (~/.docket/page-cache), so that the next run opens no document.

Exit status: 0 every document was classified, rightly or not; 1 some could not be, or the data set has mistakes.

Examples:
  $ docket bench run documents/ --rules rules.yaml
  $ docket bench run manifest.jsonl --rules rules.yaml --scorer evidence,static,auto --out runs/today`;

/** `docket bench run` */
export function benchRunCommand(shell: Shell, finish: Finish): Command {
  return new Command('run')
    .summary('classify a data set and measure the answers')
    .description('Classifies the documents of a data set by the rules of a file and measures the answers.')
    .helpOption('-h, --help', 'print help')
    .argument('<dataset>', 'folder or manifest')
    .requiredOption('-r, --rules <file>', 'rule file, YAML or JSON')
    .addOption(languageOption())
    .option('--scorer <names>', `one or several, separated by commas: ${SCORER_NAMES.join(', ')} (default: auto)`)
    .option('--model <name>', 'the installed model that takes part (default: the built-in one)')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .option('--pdf-reader <name>', `what reads PDF: ${PDF_READER_NAMES.join(', ')} (default: ${DEFAULT_PDF_READER})`)
    .addOption(ocrModeOption())
    .addOption(ocrMaxPagesOption())
    .addOption(ocrEngineOption())
    .option('-o, --out <folder>', 'where the results go (default: docket-bench/ and the time)')
    .option('--concurrency <count>', 'documents at once (default: one per processor)')
    .option('--no-cache', 'open every document, and keep nothing of what is read')
    .addHelpText('after', NOTES)
    .action(async (dataset: string, flags: BenchRunFlags) => finish(await runBench(dataset, flags, shell)));
}
