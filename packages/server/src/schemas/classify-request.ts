import { JOB_STATUSES } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { instant, list, literal, text } from '../http/fields.js';
import { configurationBodySchema } from './classify-configuration.js';
import { pagingFields, scopeQuerySchema } from './scope.js';
import { webhookHeaders, webhookText, webhookUrl } from './webhook-fields.js';

/** Most webhooks of one job. */
const MOST_WEBHOOKS = 50;

const webhookSchema = z
  .object({
    webhook_url: webhookUrl({ mayBeHidden: false }).nullish(),
    webhook_headers: webhookHeaders({ mayBeHidden: false }).nullish(),
    webhook_events: list(text()).nullish(),
    webhook_output_format: text().nullish(),
    webhook_signing_secret: webhookText().nullish(),
  })
  .openapi('WebhookConfiguration');

/** What a classify job is made of. */
export const createJobBodySchema = z
  .object({
    file_input: text({ max: 200 }).nullish().describe('A file (`dfl-...`) or a parse job (`pjb-...`).'),
    configuration: configurationBodySchema
      .nullish()
      .describe('Needed unless `configuration_id` is given; wins over it.'),
    configuration_id: text().nullish().describe('A saved configuration of product type classify_v2.'),
    file_id: text().nullish().describe('Old spelling of `file_input`.').openapi({ deprecated: true }),
    parse_job_id: text().nullish().describe('Old spelling of `file_input`.').openapi({ deprecated: true }),
    transaction_id: text({ max: 255 })
      .nullish()
      .describe('Makes a repeated request harmless: while a job of the project has it, that job is the answer.'),
    webhook_configurations: list(webhookSchema, { max: MOST_WEBHOOKS })
      .nullish()
      .describe('Where events of the job are delivered, if the server allows the host.'),
    webhook_configuration_ids: list(text(), { max: MOST_WEBHOOKS })
      .nullish()
      .describe('Saved webhook configurations to deliver to as well.'),
  })
  .openapi('CreateClassifyJob');

/** What a classify job is made of. */
export type CreateJobBody = z.output<typeof createJobBodySchema>;

/** Which classify jobs to list. */
export const listJobsQuerySchema = scopeQuerySchema.extend({
  ...pagingFields({ mostItems: 100 }),
  status: literal(...JOB_STATUSES).optional(),
  configuration_id: text().optional(),
  job_ids: list(text()).optional().describe('Any of these.'),
  created_at_on_or_after: instant().optional(),
  created_at_on_or_before: instant().optional(),
});
