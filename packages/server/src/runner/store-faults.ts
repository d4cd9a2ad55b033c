import { isStorageFault } from '@docket/store';
import type { Logger } from 'pino';

/** Says that the store does not do what it should: once for a fault that lasts, and once when it is over. */
export class StoreFaults {
  private isFaulty = false;

  constructor(private readonly logger: Pick<Logger, 'error' | 'warn' | 'info'>) {}

  /** Something went wrong. */
  add(err: unknown, what: string): void {
    if (!isStorageFault(err)) {
      this.logger.error({ err }, what);
    } else if (!this.isFaulty) {
      this.isFaulty = true;
      this.logger.warn({ code: err.code, err }, `${what}, and is tried again: ${err.message}`);
    }
  }

  /** Something went well. */
  clear(): void {
    if (!this.isFaulty) return;
    this.isFaulty = false;
    this.logger.info('the store does what it should again');
  }
}
