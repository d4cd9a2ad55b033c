/** Times that a lease may be lost before the work counts as what kills its workers. */
export const MOST_LOST_LEASES = 3;

/** What work says that failed for it. */
export const LOST_MESSAGE = `internal.worker_crashed: the process that worked on it was lost ${MOST_LOST_LEASES} times; check the document, raise workers.maxMemoryMb if it is a large one, and create the job again`;

/** Work that somebody has taken up: only the owner of the lease may finish it. */
export interface Lease {
  readonly id: string;
  readonly owner: string;
}

/** How work is taken up. */
export interface LeaseOptions {
  /** Who takes it: unique to a process. */
  readonly owner: string;
  /** How long until it may be taken by others, unless renewed. */
  readonly leaseMs: number;
}

/**
 * The part that stores of work share: `PENDING -> RUNNING -> COMPLETED | FAILED`. Each change is one statement guarded by
 * the state before it, and tells whether it happened.
 */
export interface LeasedWork<Work extends { readonly id: string }> {
  /** Takes up the oldest work that is pending or whose lease ran out; `undefined` when there is none. */
  claim(options: LeaseOptions): Promise<Work | undefined>;
  /** Prolongs leases. @returns The ids of those that are still held */
  renew(ids: readonly string[], options: LeaseOptions): Promise<readonly string[]>;
  /** Gives work back unfinished; the lease does not count as lost. */
  release(lease: Lease): Promise<boolean>;
  /** Ends work with an error. @returns Whether the lease was still held */
  fail(lease: Lease, errorMessage: string): Promise<boolean>;
  /** Fails work whose lease was lost {@link MOST_LOST_LEASES} times, with `internal.worker_crashed`. @returns Its ids */
  failLost(): Promise<readonly string[]>;
  /** Counts every lease as lost at once: for a start after which no former owner can be alive. @returns How many */
  forfeitLeases(): Promise<number>;
}
