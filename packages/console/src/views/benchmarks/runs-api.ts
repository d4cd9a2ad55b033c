import { api, contentOf } from '../../api/api.js';
import type { RunComparison, RunDetail, RunList } from '../../api/types.js';

/** Documents that are shown at once. */
export const MOST_SHOWN = 100;

/** The runs, newest first. */
export function listRuns(signal: AbortSignal): Promise<RunList> {
  return contentOf(api.GET('/api/local/runs', { signal }));
}

/** A run with the first of its documents that were answered wrong, or failed. */
export function getRun(name: string, only: 'wrong' | 'failed', signal: AbortSignal): Promise<RunDetail> {
  const params = { path: { name }, query: { only, limit: MOST_SHOWN } };
  return contentOf(api.GET('/api/local/runs/{name}', { params, signal }));
}

/** What changed from one run to another. */
export function compareRuns(before: string, after: string, signal: AbortSignal): Promise<RunComparison> {
  return contentOf(api.GET('/api/local/runs/compare', { params: { query: { a: before, b: after } }, signal }));
}
