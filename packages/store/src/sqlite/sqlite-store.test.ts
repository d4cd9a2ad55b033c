import { describe } from 'vitest';
import { describeConfigurationStore } from '../testing/describe-configuration-store.js';
import { describeDeliveryStore } from '../testing/describe-delivery-store.js';
import { describeFileStore } from '../testing/describe-file-store.js';
import { describeJobChanges } from '../testing/describe-job-changes.js';
import { describeJobStore } from '../testing/describe-job-store.js';
import { describePageCache } from '../testing/describe-page-cache.js';
import { describeParseStore } from '../testing/describe-parse-store.js';
import { describeWebhookStore } from '../testing/describe-webhook-store.js';
import { openSqliteStore } from '../testing/open-sqlite-store.js';

describe('SqliteStore', () => {
  describeJobStore(openSqliteStore);
  describeJobChanges(openSqliteStore);
  describeFileStore(openSqliteStore);
  describeConfigurationStore(openSqliteStore);
  describeParseStore(openSqliteStore);
  describePageCache(openSqliteStore);
  describeWebhookStore(openSqliteStore);
  describeDeliveryStore(openSqliteStore);
});
