import type { PageCache } from '@docket/core';
import type { Cluster } from './cluster.js';
import type { ConfigurationStore } from './configuration-store.js';
import type { DeliveryStore } from './delivery-store.js';
import type { FileStore } from './file-store.js';
import type { Clock, Instant } from './instant.js';
import type { JobChanges } from './job-changes.js';
import type { JobStore } from './job-store.js';
import type { ParseStore } from './parse-store.js';
import type { WebhookStore } from './webhook-store.js';

/** Everything that Docket keeps, behind ports. */
export interface Store extends AsyncDisposable {
  readonly clock: Clock;
  /** Milliseconds since 1970, by the clock that all who share the store go by: as it is, and unlike `clock` it may go back. */
  nowMs(): number;
  readonly jobs: JobStore;
  readonly files: FileStore;
  readonly configurations: ConfigurationStore;
  readonly parses: ParseStore;
  readonly pages: PageCache;
  readonly webhooks: WebhookStore;
  readonly deliveries: DeliveryStore;
  /** What happens to jobs. */
  readonly changes: JobChanges;
  /** What other processes share this store, and tell; absent where a store belongs to one process. */
  readonly cluster?: Cluster;
  /** A secret of this installation that outlives restarts: signs download URLs. */
  readonly secret: Uint8Array;
  /** When the newest thing in it had been made or changed as it was opened; undefined when it was empty. */
  readonly newestInstant: Instant | undefined;
  /** Bytes that are free where the data lies; infinite where nobody can tell. */
  freeBytes(): Promise<number>;
  /** Writes something and takes it back. @throws when the store cannot be written */
  probe(): Promise<void>;
  /**
   * Tidies up: what can wait only when nothing else is to be done, and always what keeps something deleted from being gone
   * (SQLite: a write-ahead log that could not be truncated).
   */
  tidy(options: { readonly isIdle: boolean }): Promise<void>;
  close(): Promise<void>;
}
