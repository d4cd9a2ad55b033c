import type { Classification, DocketError, ErrorCode, Explanation, PagesRead } from '@docket/core';

/** What became of one document. */
export type Outcome =
  | { readonly path: string; readonly result: Classification; readonly durationMs: number }
  | { readonly path: string; readonly error: DocketError };

/** One line of JSON output. The keys come in this order. */
export type OutcomeRecord =
  | {
      readonly path: string;
      readonly type: string | null;
      readonly confidence: number;
      readonly reasoning: string;
      readonly ranking: readonly { readonly type: string; readonly confidence: number }[];
      readonly pages: PagesRead;
      readonly scorer: string;
      readonly explanation?: Explanation;
      readonly durationMs?: number;
    }
  | { readonly path: string; readonly error: { readonly code: ErrorCode; readonly message: string } };

/** Puts an outcome into the shape in which programs read it. */
export function toRecord(outcome: Outcome, { timings }: { readonly timings: boolean }): OutcomeRecord {
  const { path } = outcome;
  if ('error' in outcome) return { path, error: { code: outcome.error.code, message: outcome.error.message } };
  const { type, confidence, reasoning, ranking, pages, scorer, explanation } = outcome.result;
  return {
    path,
    type,
    confidence,
    reasoning,
    ranking,
    pages,
    scorer,
    ...(explanation ? { explanation } : {}),
    ...(timings ? { durationMs: roundDuration(outcome.durationMs) } : {}),
  };
}

/** Milliseconds with one decimal: more is noise. */
export function roundDuration(durationMs: number): number {
  return Math.round(durationMs * 10) / 10;
}
