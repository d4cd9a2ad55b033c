import type { Timings } from '@docket/core';
import type { Lease, LeasedWork, LeaseOptions } from '@docket/store';

/** A piece of work that was claimed. */
export interface ClaimedWork {
  readonly lease: Lease;
  /**
   * Does it and writes down what came of it.
   * @param onWorked Called before that is written
   * @returns What it took, or undefined when the lease was lost meanwhile and nothing was written
   * @throws DocketError why it fails; the signal's reason when that aborts
   */
  run(signal: AbortSignal, onWorked: () => void): Promise<Timings | undefined>;
}

/** A kind of work that the runner does: where it comes from and how it is done. */
export interface WorkKind {
  readonly name: 'job' | 'parse job';
  readonly store: Pick<
    LeasedWork<{ readonly id: string }>,
    'renew' | 'release' | 'fail' | 'failLost' | 'forfeitLeases'
  >;
  /** Takes up the next piece. */
  claim(options: LeaseOptions): Promise<ClaimedWork | undefined>;
}

/** Why work is stopped before its end. */
export type StopReason = 'cancelled' | 'lease_lost' | 'shutting_down';
