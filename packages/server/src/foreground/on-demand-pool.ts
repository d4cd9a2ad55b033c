import { DocketError, type EnginePool } from '@docket/core';

/** The part of a pool that is used here. */
export type ForegroundPool = Pick<EnginePool, 'classify' | 'read' | 'draw' | 'lint' | 'describe' | 'ready' | 'close'>;

/** How long processes that nobody needs are kept. */
const IDLE_MS = 5 * 60_000;

/** A pool whose processes are there while somebody needs them, and for a while after that. */
export class OnDemandPool {
  private pool: ForegroundPool | undefined;
  private users = 0;
  private idleTimer: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(
    private readonly makePool: () => ForegroundPool,
    private readonly idleMs = IDLE_MS,
  ) {}

  /** Works with the pool. @throws DocketError `internal.unexpected` once it is closed */
  async use<Result>(work: (pool: ForegroundPool) => Promise<Result>): Promise<Result> {
    if (this.isClosed) throw new DocketError('internal.unexpected', 'the server is stopping');
    clearTimeout(this.idleTimer);
    this.users++;
    try {
      this.pool ??= this.makePool();
      return await work(this.pool);
    } finally {
      this.users--;
      if (this.users === 0 && !this.isClosed) this.idleTimer = setTimeout(() => void this.end(), this.idleMs).unref();
    }
  }

  /** Ends the processes; what runs is rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.idleTimer);
    await this.end();
  }

  private async end(): Promise<void> {
    const { pool } = this;
    this.pool = undefined;
    await pool?.close();
  }
}
