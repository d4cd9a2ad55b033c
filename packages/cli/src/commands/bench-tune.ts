import { DEFAULT_PDF_READER, PDF_READER_NAMES, SCORER_NAMES } from '@docket/core';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type BenchTuneFlags, tuneBench } from '../bench/tune-bench.js';
import { languageOption, ocrEngineOption, ocrMaxPagesOption, ocrModeOption } from '../documents/reading-flags.js';
import type { Finish } from '../program.js';
import type { Shell } from '../shell.js';
import { FELL_SHORT, parseShare } from './bench-gate.js';

const NOTES = `
Fitted are floor, margin, a floor for each rule, and the calibration of the confidence. What is printed was measured
on documents that nothing was fitted on; no group of the data set is on both sides. What does not help is left out.

The tuned file holds for its rules and this engine; docket classify, docket bench run and docket serve --tuning take
it. A decision that stands in the rule file already is replaced.

Exit status: 0 done, also when nothing helped; 100 the precision is not reached on unseen documents; 1 something
failed; 2 wrong usage.

Examples:
  $ docket bench tune documents/ --rules rules.yaml
  $ docket bench tune manifest.jsonl --rules rules.yaml --target-precision .99 --out strict.yaml`;

/** `docket bench tune` */
export function benchTuneCommand(shell: Shell, finish: Finish): Command {
  return new Command('tune')
    .summary('fit the thresholds of rules to a data set')
    .description('Fits thresholds and calibration to a data set, and writes a tuned rule file.')
    .helpOption('-h, --help', 'print help')
    .argument('<dataset>', 'folder or manifest')
    .requiredOption('-r, --rules <file>', 'rule file, YAML or JSON')
    .addOption(
      new Option('--target-precision <share>', 'share of the labels that must be right, below 1').argParser(
        parseTarget,
      ),
    )
    .addOption(languageOption())
    .option('--scorer <name>', `what scores documents: ${SCORER_NAMES.join(', ')} (default: auto)`)
    .option('--model <name>', 'the installed model that takes part (default: the built-in one)')
    .option('--knowledge <folder|none>', 'document types to add to the built-in ones, or none to do without any')
    .option('--pdf-reader <name>', `what reads PDF: ${PDF_READER_NAMES.join(', ')} (default: ${DEFAULT_PDF_READER})`)
    .addOption(ocrModeOption())
    .addOption(ocrMaxPagesOption())
    .addOption(ocrEngineOption())
    .option('-o, --out <file>', 'the tuned rule file (default: rules.tuned.yaml for rules.yaml)')
    .option('--concurrency <count>', 'documents at once (default: one per processor)')
    .option('--no-cache', 'open every document, and keep nothing of what is read')
    .addHelpText('after', NOTES)
    .action(async (dataset: string, flags: BenchTuneFlags) => {
      finish((await tuneBench(dataset, flags, shell)) ? 0 : FELL_SHORT);
    });
}

/** No number of documents without a mistake vouches for there never being one. */
function parseTarget(text: string): number {
  const share = parseShare(text);
  if (share < 1) return share;
  throw new InvalidArgumentError(
    'It must be below 1, such as .99: no number of documents can show that none is ever wrong.',
  );
}
