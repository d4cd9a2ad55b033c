import { type DocketError, type Timings, toDocketError } from '@docket/core';
import type { Logger } from 'pino';
import { untilStored } from './until-stored.js';
import type { ClaimedWork, StopReason, WorkKind } from './work-kind.js';

/** How a piece of work ended here. `dropped`: others decide about it. `released`: it waits again. */
export interface Ending {
  readonly status: 'COMPLETED' | 'FAILED' | 'dropped' | 'released';
  readonly timings?: Timings;
}

/** What {@link executeWork} works with. */
export interface ExecutionContext {
  readonly kind: WorkKind;
  readonly signal: AbortSignal;
  readonly logger: Logger;
  /** Called when it is done, before what came of it is written. */
  readonly onWorked: () => void;
}

/** Does a piece of work to its end, whatever happens. Never throws. */
export async function executeWork(work: ClaimedWork, context: ExecutionContext): Promise<Ending> {
  const started = performance.now();
  const { kind, logger } = context;
  const ending = await endWork(work, context).catch((err: unknown): Ending => {
    // The lease runs out, and the work is taken up again.
    logger.error({ err, id: work.lease.id }, `${kind.name} could not be ended`);
    return { status: 'dropped' };
  });
  const durationMs = Math.round(performance.now() - started);
  logger.info({ id: work.lease.id, status: ending.status, durationMs }, `${kind.name} ended`);
  return ending;
}

async function endWork(work: ClaimedWork, context: ExecutionContext): Promise<Ending> {
  const { kind, signal } = context;
  try {
    return await runWork(work, context);
  } catch (thrown) {
    // Also a failure that waited to be stored, in vain, is thrown.
    const reason: StopReason | undefined = signal.aborted ? signal.reason : undefined;
    if (reason === undefined) throw thrown;
    if (reason !== 'shutting_down') return { status: 'dropped' };
    return { status: (await kind.store.release(work.lease)) ? 'released' : 'dropped' };
  }
}

async function runWork(work: ClaimedWork, context: ExecutionContext): Promise<Ending> {
  const { signal, logger, onWorked } = context;
  try {
    // A store that cannot be read just now is no fault of the document.
    const timings = await untilStored(() => work.run(signal, onWorked), { signal, logger });
    return timings ? { status: 'COMPLETED', timings } : { status: 'dropped' };
  } catch (thrown) {
    signal.throwIfAborted();
    return await failWork(work, toDocketError(thrown), context);
  }
}

async function failWork({ lease }: ClaimedWork, error: DocketError, context: ExecutionContext): Promise<Ending> {
  const { kind, logger, signal } = context;
  const isUnexpected = error.code === 'internal.unexpected' || error.code === 'resource.unreadable';
  if (isUnexpected) logger.error({ id: lease.id, code: error.code, err: error }, `${kind.name} failed`);
  else logger.info({ id: lease.id, code: error.code }, `${kind.name} failed`);
  // What nobody foresaw may name paths of this machine.
  const shown = isUnexpected ? 'the server could not work on it; its log says why' : error.message;
  const isHeld = await untilStored(() => kind.store.fail(lease, `${error.code}: ${shown}`), { signal, logger });
  return { status: isHeld ? 'FAILED' : 'dropped' };
}
