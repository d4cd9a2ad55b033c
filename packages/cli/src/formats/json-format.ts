import { toRecord } from '../classification/outcome.js';
import type { FormatOptions, OutcomeFormat } from './outcome-format.js';

/** One JSON array, indented. */
export function jsonFormat(options: Pick<FormatOptions, 'timings'>): OutcomeFormat {
  let isFirst = true;
  return {
    begin: () => '[',
    add: (outcome) => {
      const text = JSON.stringify(toRecord(outcome, options), null, 2).replace(/^/gm, '  ');
      const separator = isFirst ? '\n' : ',\n';
      isFirst = false;
      return separator + text;
    },
    end: () => (isFirst ? ']\n' : '\n]\n'),
  };
}
