import { describe } from 'vitest';
import { describeConfigurationStore } from '../testing/describe-configuration-store.js';
import { describeDeliveryStore } from '../testing/describe-delivery-store.js';
import { describeFileStore } from '../testing/describe-file-store.js';
import { describeJobChanges } from '../testing/describe-job-changes.js';
import { describeJobStore } from '../testing/describe-job-store.js';
import { describePageCache } from '../testing/describe-page-cache.js';
import { describeParseStore } from '../testing/describe-parse-store.js';
import { describeWebhookStore } from '../testing/describe-webhook-store.js';
import { postgresForSuite, postgresStoreOpener } from '../testing/open-postgres-store.js';
import { noPostgres } from '../testing/private-postgres.js';

describe.skipIf(noPostgres)(`PostgresStore${noPostgres ? ` (${noPostgres})` : ''}`, () => {
  const suite = postgresForSuite();
  const open = postgresStoreOpener(suite);
  describeJobStore(open);
  describeJobChanges(async () => {
    const opened = await open();
    // Nothing is told before the connection that listens is there.
    await new Promise<void>((resolve) => opened.store.changes.subscribe(() => resolve()));
    return opened;
  });
  describeFileStore(open);
  describeConfigurationStore(open);
  describeParseStore(open);
  describePageCache(open);
  describeWebhookStore(open);
  describeDeliveryStore(open);
  describe('with files in a folder', () => describeFileStore(postgresStoreOpener(suite, true)));
});
