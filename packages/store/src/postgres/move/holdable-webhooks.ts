import type { JobWebhooks } from '../../ports/job-store.js';
import type { WebhookTarget } from '../../ports/webhook-store.js';

/** Escapes in JSON of what PostgreSQL takes for no text: U+0000 and halves of pairs. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;
const NO_TEXT = /\p{Surrogate}|\0/u;

/**
 * The webhooks of a job as PostgreSQL can read them. One whose address, headers or secret are no text there would make every
 * change of its job fail: nothing is delivered to it any more. Its place stays, for deliveries go by that.
 * @param json As a job's row has it
 */
export function holdableWebhooks(json: unknown): unknown {
  if (typeof json !== 'string' || !SUSPICIOUS.test(json)) return json;
  const { targets }: JobWebhooks = JSON.parse(json);
  return JSON.stringify({ targets: targets.map((target) => (isText(target) ? target : NOWHERE)) });
}

const NOWHERE: WebhookTarget = {
  isAllowed: false,
  endpoint: { url: '', host: '', headers: {}, events: [], format: 'json', secret: null },
};

function isText(value: unknown): boolean {
  if (typeof value === 'string') return !NO_TEXT.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([name, inner]) => isText(name) && isText(inner));
}
