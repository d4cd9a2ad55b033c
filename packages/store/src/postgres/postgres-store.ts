import type { Clock, Instant } from '../ports/instant.js';
import type { Store } from '../ports/store.js';
import type { ContentPlace } from './content-place.js';
import { measureAhead, probeDatabase } from './database-facts.js';
import { Housekeeping } from './housekeeping.js';
import type { Notifications } from './notifications.js';
import { PostgresCluster } from './postgres-cluster.js';
import { PostgresConfigurationStore } from './postgres-configuration-store.js';
import type { PostgresContext } from './postgres-context.js';
import { PostgresDeliveryStore } from './postgres-delivery-store.js';
import { PostgresFileStore } from './postgres-file-store.js';
import { PostgresJobChanges } from './postgres-job-changes.js';
import { PostgresJobStore } from './postgres-job-store.js';
import { PostgresPageCache } from './postgres-page-cache.js';
import { PostgresParseStore } from './postgres-parse-store.js';
import { PostgresWebhookStore } from './postgres-webhook-store.js';

/** What a {@link PostgresStore} is made of beside its context. */
export interface PostgresStoreParts {
  readonly contents: ContentPlace;
  readonly notifications: Notifications;
  readonly secret: Uint8Array;
  readonly newestInstant: Instant | undefined;
  /** Milliseconds since 1970, by the clock of the database. */
  readonly nowMs: () => number;
  /** Takes what the clock of the database is ahead. */
  readonly setAhead: (milliseconds: number) => void;
}

/** Everything that Docket keeps, in a PostgreSQL database that many processes share. */
export class PostgresStore implements Store {
  readonly clock: Clock;
  readonly jobs: PostgresJobStore;
  readonly files: PostgresFileStore;
  readonly configurations: PostgresConfigurationStore;
  readonly parses: PostgresParseStore;
  readonly pages: PostgresPageCache;
  readonly webhooks: PostgresWebhookStore;
  readonly deliveries: PostgresDeliveryStore;
  readonly changes: PostgresJobChanges;
  readonly cluster: PostgresCluster;
  readonly secret: Uint8Array;
  readonly newestInstant: Instant | undefined;
  readonly #context: PostgresContext;
  readonly #parts: PostgresStoreParts;
  readonly #housekeeping: Housekeeping;
  #closed: Promise<void> | undefined;

  constructor(context: PostgresContext, parts: PostgresStoreParts) {
    this.clock = context.clock;
    this.parses = new PostgresParseStore(context);
    this.pages = new PostgresPageCache(context);
    this.jobs = new PostgresJobStore(context);
    this.files = new PostgresFileStore(context, { contents: parts.contents, jobs: this.jobs });
    this.configurations = new PostgresConfigurationStore(context);
    this.webhooks = new PostgresWebhookStore(context);
    this.deliveries = new PostgresDeliveryStore(context, this.webhooks);
    this.changes = new PostgresJobChanges(parts.notifications);
    this.cluster = new PostgresCluster(context.database, parts.notifications);
    this.secret = parts.secret;
    this.newestInstant = parts.newestInstant;
    this.#context = context;
    this.#parts = parts;
    this.#housekeeping = new Housekeeping(context, { files: this.files, cluster: this.cluster });
  }

  nowMs(): number {
    return this.#parts.nowMs();
  }

  freeBytes(): Promise<number> {
    return this.#parts.contents.freeBytes();
  }

  async probe(): Promise<void> {
    await probeDatabase(this.#context.database);
    await this.#parts.contents.probe();
  }

  async tidy(): Promise<void> {
    if (!this.#housekeeping.isDue) return;
    this.#parts.setAhead(await measureAhead(this.#context.database));
    await this.#housekeeping.run();
  }

  /** May be called again. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #close(): Promise<void> {
    const isTidy = this.#housekeeping.close();
    await this.#parts.notifications.close();
    await this.#parts.contents.close();
    await this.#context.database.close();
    await isTidy;
  }
}
