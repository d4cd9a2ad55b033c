import { createHmac } from 'node:crypto';

/** What is signed. */
export interface SignedContent {
  readonly id: string;
  /** Seconds since 1970, of the attempt. */
  readonly timestampSeconds: number;
  readonly body: Buffer;
}

const ENCODED_SECRET = /^whsec_((?:[A-Za-z\d+/]{4})*(?:[A-Za-z\d+/]{2}==|[A-Za-z\d+/]{3}=)?)$/;

/**
 * The signatures of a delivery: `LC-Signature` as LlamaCloud has it, HMAC-SHA256 over the body with the secret as it is
 * written; and `webhook-signature` as Standard Webhooks 1.0 has it, over id, time and body. The latter's key is what the
 * Base64 after `whsec_` stands for, or the secret as it is written when it is not of that form.
 */
export function signDelivery(secret: string, { id, timestampSeconds, body }: SignedContent): Record<string, string> {
  const encoded = ENCODED_SECRET.exec(secret)?.[1];
  const key = encoded ? Buffer.from(encoded, 'base64') : Buffer.from(secret);
  const standard = createHmac('sha256', key).update(`${id}.${timestampSeconds}.`).update(body).digest('base64');
  return {
    'lc-signature': `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
    'webhook-signature': `v1,${standard}`,
  };
}
