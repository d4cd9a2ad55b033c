import { DocketError } from '@docket/core';
import type { DocketContext } from '../http/app-environment.js';

/**
 * Works as long as the caller waits: when its connection ends, so does the work.
 * @throws DocketError `state.superseded` then, which nobody sees
 */
export async function whileWaitedFor<Result>(
  { env }: DocketContext,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const gone = new AbortController();
  const { outgoing } = env;
  const onClose = () => gone.abort(new DocketError('state.superseded', 'The caller went away'));
  outgoing?.once('close', onClose);
  try {
    return await work(gone.signal);
  } finally {
    outgoing?.off('close', onClose);
  }
}
