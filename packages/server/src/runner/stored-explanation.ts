import type { Classification, Explanation, Timings } from '@docket/core';

/** What is kept behind the answer of a job: plain data. */
export interface StoredExplanation extends Explanation {
  readonly ranking: Classification['ranking'];
  readonly pages: Classification['pages'];
  readonly scorer: string;
  readonly timings: Timings;
  /** Whether the pages came from an earlier reading of the same content. */
  readonly isRecalled: boolean;
  /** Where a worker of another version, or with other models or knowledge, answered than the server had expected. */
  readonly otherEngine?: { readonly answered: string; readonly expected: string } | undefined;
}
