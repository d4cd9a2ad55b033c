import { DocketError } from '@docket/core';
import type { DocketContext } from '../http/app-environment.js';
import { onceGone } from '../http/once-gone.js';

/**
 * Works as long as the caller waits: when its connection ends, so does the work.
 * @throws DocketError `state.superseded` then, which nobody sees
 */
export async function whileWaitedFor<Result>(
  { env }: DocketContext,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const gone = new AbortController();
  const forget = onceGone(env, () => gone.abort(new DocketError('state.superseded', 'The caller went away')));
  try {
    return await work(gone.signal);
  } finally {
    forget();
  }
}
