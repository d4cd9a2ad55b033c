import { PageSelection, type ParsingOptions, type RuleFile } from '@docket/core';

/** The flags that say what of a document is read. */
export interface ParsingFlags {
  readonly targetPages?: string | undefined;
  readonly maxPages?: number | undefined;
  readonly lang?: string | undefined;
}

/**
 * What of each document is read: flags win over the rule file, field by field. A flag about pages also wins over the
 * other page field of the file, for otherwise `--max-pages` would do nothing beside a `target_pages` in the file.
 * @throws DocketError `request.invalid_page_selection`
 */
export function mergeParsing(flags: ParsingFlags, file: RuleFile['parsing']): ParsingOptions {
  const lang = flags.lang ?? file.lang;
  const fromFlags = { targetPages: flags.targetPages, maxPages: flags.maxPages };
  const isSet = flags.targetPages !== undefined || flags.maxPages !== undefined;
  const pages = isSet ? fromFlags : { targetPages: file.targetPages, maxPages: file.maxPages };
  PageSelection.parse(pages);
  return { ...withoutUndefined(pages), ...(lang === undefined ? {} : { lang }) };
}

function withoutUndefined({ targetPages, maxPages }: ParsingFlags): ParsingOptions {
  return {
    ...(targetPages === undefined ? {} : { targetPages }),
    ...(maxPages === undefined ? {} : { maxPages }),
  };
}
