import { toRecord } from '../classification/outcome.js';
import type { FormatOptions, OutcomeFormat } from './outcome-format.js';

/** One JSON object a line. */
export function jsonlFormat(options: Pick<FormatOptions, 'timings'>): OutcomeFormat {
  return {
    begin: () => '',
    add: (outcome) => `${JSON.stringify(toRecord(outcome, options))}\n`,
    end: () => '',
  };
}
