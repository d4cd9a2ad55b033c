import { PageSelection, toDocketError } from '@docket/core';
import { integer, text } from '../http/fields.js';
import { pydanticIssue } from '../http/pydantic-issue.js';

/** Longest list of pages: characters. */
const LONGEST_TARGET_PAGES = 10_000;

/** The two fields that say which pages are read. */
export const pageRangeFields = {
  max_pages: integer({ min: 1 }).nullable().default(null).describe('The first so many pages.'),
  target_pages: text({ max: LONGEST_TARGET_PAGES })
    .superRefine((targetPages, context) => {
      const problem = problemOfPages(targetPages);
      if (problem) context.addIssue(pydanticIssue({ type: 'value_error', msg: `Value error, ${problem}` }));
    })
    .nullable()
    .default(null)
    .describe('Pages and ranges, 1-based, such as `1,3,5-7`. Wins over `max_pages`.'),
};

function problemOfPages(targetPages: string): string | undefined {
  try {
    PageSelection.parse({ targetPages });
    return undefined;
  } catch (error) {
    return toDocketError(error).message;
  }
}
