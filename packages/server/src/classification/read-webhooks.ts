import { JOB_EVENTS, type JobWebhooks, type WebhookEndpoint, type WebhookTarget } from '@docket/store';
import type { CreateJobBody } from '../schemas/classify-request.js';
import type { Services } from '../services.js';
import { notFound } from './scope.js';

const HAPPENING: ReadonlySet<string> = new Set(JOB_EVENTS);

type WebhookBody = NonNullable<CreateJobBody['webhook_configurations']>[number];

/**
 * Where the events of a job are to go. All of it is kept; only what the server allows is delivered, and what it does not is said
 * in the log.
 * @throws DocketError `resource.not_found` for a saved webhook that is not there, when webhooks are delivered at all
 */
export async function readWebhooks(
  services: Services,
  { projectId, body }: { readonly projectId: string; readonly body: CreateJobBody },
): Promise<JobWebhooks | null> {
  const targets: WebhookTarget[] = [];
  for (const given of body.webhook_configurations ?? []) {
    if (!given.webhook_url) continue;
    const endpoint = toEndpoint(given, given.webhook_url);
    targets.push({ isAllowed: isAllowed(services, endpoint), endpoint });
  }
  for (const webhookId of body.webhook_configuration_ids ?? []) {
    const saved = await services.store.webhooks.get(webhookId, projectId);
    if (saved) targets.push({ isAllowed: isAllowed(services, saved), webhookId });
    else if (services.webhooks) throw notFound('Webhook configuration');
  }
  return targets.length === 0 ? null : { targets };
}

/** The endpoint of a request. What is not known of an output format is the default. */
function toEndpoint(given: WebhookBody, url: string): WebhookEndpoint {
  return {
    url,
    host: hostOf(url),
    headers: given.webhook_headers ?? {},
    // Others never happen.
    events: given.webhook_events?.filter((event) => HAPPENING.has(event)) ?? null,
    format: given.webhook_output_format === 'json' ? 'json' : 'string',
    secret: given.webhook_signing_secret || null,
  };
}

/** The host of a URL, with a port that is not the default; empty for what is no URL. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : '';
}

function isAllowed({ webhooks, logger }: Services, { url, host }: WebhookEndpoint): boolean {
  if (webhooks?.allows(url)) return true;
  if (webhooks) logger.warn({ host }, 'a webhook is not delivered: webhook.allow does not name its host');
  return false;
}
