import type { TriedDelivery } from '@docket/store';
import { Webhook } from 'standardwebhooks';
import type { ReceivedWebhook } from './webhook-receiver.js';
import type { WebhookStage } from './webhook-stage.js';

export const SECRET = 'whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBvZiBkb2NrZXQ=';

/** What the body of a delivery holds. */
export interface WebhookPayload {
  readonly event_id: string;
  readonly event_type: string;
  readonly timestamp: number;
  readonly data: Record<string, unknown>;
}

/** What a request delivers as an object. */
export function payloadOf({ body }: ReceivedWebhook): WebhookPayload {
  return JSON.parse(body.toString());
}

/** Whether the signature of Standard Webhooks holds, by the library of those who wrote that. */
export function isSignedStandard(secret: string, headers: ReceivedWebhook['headers'], body: Buffer): boolean {
  const webhook = new Webhook(secret, secret.startsWith('whsec_') ? {} : { format: 'raw' });
  try {
    webhook.verify(body.toString(), headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Moves the clock to the next attempt of the only delivery. @returns How long that was */
export async function untilNext(stage: WebhookStage): Promise<number> {
  const [{ nextAttemptAt, attempts } = nothing()] = await stage.deliveries();
  const started = attempts.at(-1)?.startedAt ?? '';
  const pauseMs = Math.ceil(Date.parse(nextAttemptAt ?? '') - Date.parse(started)) + 1;
  stage.advance(pauseMs);
  return pauseMs;
}

/** In place of a delivery that should be there. */
export function nothing(): TriedDelivery {
  throw new Error('there is no delivery');
}
