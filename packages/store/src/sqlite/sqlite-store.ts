import type { ContentFolder } from '../files/content-folder.js';
import { JobChangeFeed } from '../job-change-feed.js';
import type { Clock, Instant } from '../ports/instant.js';
import type { Store } from '../ports/store.js';
import { AnnouncedJobStore } from './announced-job-store.js';
import type { SqliteDatabase } from './database.js';
import { probeDatabase, readSecret } from './database-facts.js';
import type { FolderLock } from './folder-lock.js';
import { SqliteConfigurationStore } from './sqlite-configuration-store.js';
import type { SqliteContext } from './sqlite-context.js';
import { SqliteDeliveryStore } from './sqlite-delivery-store.js';
import { SqliteFileStore } from './sqlite-file-store.js';
import type { SqliteJobStore } from './sqlite-job-store.js';
import { SqlitePageCache } from './sqlite-page-cache.js';
import { SqliteParseStore } from './sqlite-parse-store.js';
import { SqliteWebhookStore } from './sqlite-webhook-store.js';

/** What a {@link SqliteStore} has beside its database. */
export interface StoreFolder {
  readonly contents: ContentFolder;
  readonly lock: FolderLock;
  readonly freeBytes: () => Promise<number>;
  readonly nowMs: () => number;
  readonly newestInstant: Instant | undefined;
}

/** Everything that Docket keeps, in one SQLite database and a folder of contents. */
export class SqliteStore implements Store {
  readonly clock: Clock;
  readonly jobs: SqliteJobStore;
  readonly files: SqliteFileStore;
  readonly configurations: SqliteConfigurationStore;
  readonly parses: SqliteParseStore;
  readonly pages: SqlitePageCache;
  readonly webhooks: SqliteWebhookStore;
  readonly deliveries: SqliteDeliveryStore;
  readonly changes = new JobChangeFeed();
  readonly secret: Uint8Array;
  readonly #database: SqliteDatabase;
  readonly #folder: StoreFolder;

  constructor(context: SqliteContext, folder: StoreFolder) {
    this.clock = context.clock;
    this.parses = new SqliteParseStore(context);
    this.pages = new SqlitePageCache(context);
    this.jobs = new AnnouncedJobStore(context, { pages: this.pages, parses: this.parses, feed: this.changes });
    this.files = new SqliteFileStore(context, { contents: folder.contents, jobs: this.jobs });
    this.configurations = new SqliteConfigurationStore(context);
    this.webhooks = new SqliteWebhookStore(context);
    this.deliveries = new SqliteDeliveryStore(context, this.webhooks);
    this.secret = readSecret(context.database);
    this.#database = context.database;
    this.#folder = folder;
  }

  get newestInstant(): Instant | undefined {
    return this.#folder.newestInstant;
  }

  nowMs(): number {
    return this.#folder.nowMs();
  }

  freeBytes(): Promise<number> {
    return this.#folder.freeBytes();
  }

  async probe(): Promise<void> {
    probeDatabase(this.#database);
    await this.#folder.contents.probe();
  }

  async tidy({ isIdle }: { readonly isIdle: boolean }): Promise<void> {
    if (isIdle) this.#database.shrink();
    if (isIdle || this.#database.isTruncationDue) this.#database.truncateLog();
  }

  /** May be called again. */
  async close(): Promise<void> {
    this.#database.close();
    this.#folder.lock.release();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
