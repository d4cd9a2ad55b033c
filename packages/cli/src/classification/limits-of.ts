import type { Configuration, ReaderLimits } from '@docket/core';

/** The limits that a configuration sets. */
export function limitsOf(values: Configuration['values']): ReaderLimits {
  return {
    maxBytes: values['limits.maxBytes'],
    maxPages: values['limits.maxPages'],
    maxCharacters: values['limits.maxCharacters'],
    timeoutMs: values['limits.timeoutMs'],
  };
}
