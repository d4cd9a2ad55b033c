import type { TriedDelivery } from '@docket/store';
import { verify } from '@octokit/webhooks-methods';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { serialiseJob } from '../schemas/job.js';
import { type ReceivedWebhook, startReceiver } from '../testing/webhook-receiver.js';
import { WebhookStage } from '../testing/webhook-stage.js';

const SECRET = 'whsec_c2VjcmV0IG9mIHRoZSB0ZXN0cyBvZiBkb2NrZXQ=';
const DAY_MS = 24 * 60 * 60_000;

describe('a delivery', () => {
  it('tells each event of a job once, in order, as the job was then, under an id of its own', async () => {
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open();
    const created = await stage.create({ url: `${receiver.url}/hook?a=b` });
    const completed = await stage.complete();
    await receiver.until(3);
    await stage.untilEnded(3);
    const payloads = receiver.received.map(payloadOf);
    expect(payloads.map(({ event_type }) => event_type)).toEqual([
      'classify.pending',
      'classify.running',
      'classify.success',
    ]);
    expect(payloads[0]?.data).toEqual({ job_id: created.id, ...serialiseJob(created) });
    expect(payloads[1]?.data).toMatchObject({ id: created.id, status: 'RUNNING', result: null, parse_job_id: null });
    expect(payloads[2]?.data).toEqual({ job_id: created.id, ...serialiseJob(completed) });
    const deliveries = [...(await stage.deliveries())].reverse();
    expect(new Set(deliveries.map(({ id }) => id)).size).toBe(3);
    for (const [index, { id, event, occurredAt, status }] of deliveries.entries()) {
      const { headers, path } = receiver.received[index] as ReceivedWebhook;
      expect([status, path, headers['content-type']]).toEqual(['DELIVERED', '/hook?a=b', 'application/json']);
      expect(payloads[index]).toMatchObject({
        event_id: id,
        event_type: event,
        timestamp: Date.parse(occurredAt) / 1000,
      });
      const ids = [headers['webhook-id'], headers['x-webhook-event-id'], headers['x-webhook-event-type']];
      expect(ids).toEqual([id, id, event]);
    }
  });

  it.each(['json', 'string'] as const)('is signed in both ways over what is sent as %s', async (format) => {
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open();
    const url = receiver.url;
    await stage.create({ url, format, secret: SECRET }, { url, format, secret: 'plain secret' }, { url, format });
    await receiver.until(3);
    const of = (secret: string | undefined) =>
      receiver.received.find(({ headers, body }) =>
        secret === undefined
          ? headers['lc-signature'] === undefined
          : headers['webhook-signature'] !== undefined && isSignedStandard(secret, headers, body),
      );
    for (const secret of [SECRET, 'plain secret']) {
      const { headers, body } = of(secret) as ReceivedWebhook;
      expect(await verify(secret, body.toString(), String(headers['lc-signature']))).toBe(true);
      expect(await verify('another', body.toString(), String(headers['lc-signature']))).toBe(false);
      const sent = JSON.parse(body.toString());
      expect(typeof sent).toBe(format === 'json' ? 'object' : 'string');
      expect((format === 'json' ? sent : JSON.parse(sent)).event_type).toBe('classify.pending');
    }
    expect(of(undefined)?.headers).not.toHaveProperty('webhook-signature');
  });

  it('carries the headers that it was given, but none that would change what it is', async () => {
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open();
    const headers = {
      Authorization: 'Bearer b',
      'X-Custom': 'c',
      'Content-Type': 'text/plain',
      'Webhook-Id': 'forged',
      'LC-Signature': 'sha256=00',
      Host: 'other.example',
      'X-Bad': 'a\r\nX-Injected: 1',
    };
    await stage.create({ url: receiver.url, headers });
    await receiver.until(1);
    const { headers: got } = receiver.received[0] as ReceivedWebhook;
    expect(got).toMatchObject({ authorization: 'Bearer b', 'x-custom': 'c', 'content-type': 'application/json' });
    expect(got['webhook-id']).not.toBe('forged');
    expect(got.host).toBe(`127.0.0.1:${receiver.port}`);
    expect([got['lc-signature'], got['x-bad'], got['x-injected']]).toEqual([undefined, undefined, undefined]);
  });
});

describe('a receiver that', () => {
  it('fails gets the same bytes again, after pauses that grow, until it comes back', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 500;
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url, secret: SECRET });
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 5; attempt++) {
      await stage.untilEnded(attempt);
      if (attempt === 4) receiver.react = () => 200;
      if (attempt < 5) pauses.push(await untilNext(stage));
    }
    expect(receiver.received).toHaveLength(5);
    const [{ attempts, status } = nothing()] = await stage.deliveries();
    expect(status).toBe('DELIVERED');
    expect(attempts.map(({ statusCode, error }) => [statusCode, error])).toEqual([
      ...Array.from({ length: 4 }, () => [500, 'status 500']),
      [200, undefined],
    ]);
    for (const [index, pause] of pauses.entries()) {
      expect(pause).toBeGreaterThanOrEqual(5_000 * 3 ** index);
      expect(pause).toBeLessThanOrEqual(6_000 * 3 ** index);
    }
    expect(new Set(receiver.received.map(({ body }) => body.toString())).size).toBe(1);
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    for (const { headers, body } of receiver.received) expect(isSignedStandard(SECRET, headers, body)).toBe(true);
  });

  it('never comes back is given up after a day', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 503;
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url });
    let passed = 0;
    for (let attempt = 1; ; attempt++) {
      await stage.untilEnded(attempt);
      const [{ status } = nothing()] = await stage.deliveries();
      if (status !== 'PENDING') break;
      passed += await untilNext(stage);
    }
    const [{ status, attempts } = nothing()] = await stage.deliveries();
    expect(status).toBe('FAILED');
    expect(passed).toBeLessThanOrEqual(DAY_MS);
    expect(passed).toBeGreaterThan(DAY_MS * 0.7);
    expect(attempts.length).toBe(receiver.received.length);
    stage.advance(10 * DAY_MS);
    await stage.stop();
    await stage.start();
    expect(receiver.received).toHaveLength(attempts.length);
  });

  it('asks for time gets it', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => (response) => response.writeHead(429, { 'retry-after': '3600' }).end();
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url });
    await stage.untilEnded(1);
    expect(await untilNext(stage)).toBeGreaterThanOrEqual(3_600_000);
  });

  it('redirects is not followed', async () => {
    await using elsewhere = await startReceiver();
    await using receiver = await startReceiver();
    receiver.react = () => (response) => response.writeHead(307, { location: elsewhere.url }).end();
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url });
    await stage.untilEnded(1);
    const [{ attempts, status } = nothing()] = await stage.deliveries();
    expect(attempts).toMatchObject([{ statusCode: 307, error: 'status 307: redirects are not followed' }]);
    expect(status).toBe('PENDING');
    expect(elsewhere.received).toEqual([]);
  });

  it('answers 410 gets nothing more of the job', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 410;
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url });
    await stage.untilEnded(1);
    await stage.complete();
    stage.advance(DAY_MS / 2);
    // Another job goes there all the same, and shows that nothing else did.
    await stage.create({ url: receiver.url });
    await stage.untilEnded(2);
    expect(receiver.received.map((request) => payloadOf(request).event_type)).toEqual([
      'classify.pending',
      'classify.pending',
    ]);
    expect((await stage.deliveries()).map(({ status }) => status)).toEqual(['GONE', 'GONE']);
  });

  it('hangs holds up neither others nor the stop, and gets it again', async () => {
    await using hanging = await startReceiver();
    hanging.react = () => () => {};
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open({ timeoutMs: 60_000 });
    const jobs = 20;
    for (let count = 0; count < jobs; count++) {
      await stage.create(
        { url: hanging.url, events: ['classify.pending'] },
        { url: receiver.url, events: ['classify.pending'] },
      );
    }
    await receiver.until(jobs);
    await stage.untilEnded(jobs);
    // No more than four at once.
    expect(hanging.received).toHaveLength(4);
    await stage.stop();
    hanging.react = () => 200;
    await stage.start();
    await stage.untilEnded(2 * jobs);
    const ids = hanging.received.map((request) => payloadOf(request).event_id);
    expect(ids).toHaveLength(jobs + 4);
    expect(new Set(ids).size).toBe(jobs);
    expect((await stage.deliveries()).map(({ attempts }) => attempts.length)).toEqual(Array(2 * jobs).fill(1));
  });

  it('hangs for good, closes the door or answers without end is an attempt that failed or came to its end', async () => {
    await using receiver = await startReceiver();
    receiver.react = ({ path }) => {
      if (path === '/hang') return () => {};
      if (path === '/cut') return (response) => response.destroy();
      return (response) => {
        response.writeHead(200);
        const chunk = Buffer.alloc(65_536);
        const more = () => response.writable && response.write(chunk, more);
        more();
      };
    };
    const port = await closedPort();
    await using stage = await WebhookStage.open({ timeoutMs: 500 });
    const events = ['classify.pending'];
    const urls = ['/hang', '/cut', '/endless'].map((path) => `${receiver.url}${path}`);
    for (const url of [...urls, `http://127.0.0.1:${port}/`]) await stage.create({ url, events });
    await stage.untilEnded(4);
    const attempts = [...(await stage.deliveries())].reverse().map((delivery) => delivery.attempts);
    expect(attempts).toMatchObject([
      [{ error: 'no answer within 0.5 s' }],
      [{ error: 'no connection (ECONNRESET)' }],
      [{ statusCode: 200 }],
      [{ error: 'no connection (ECONNREFUSED)' }],
    ]);
  });
});

describe('what leaves', () => {
  it('goes only to hosts that are allowed, also when they were when the job was created', async () => {
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open({ allow: 'hooks.example' });
    await stage.create({ url: receiver.url });
    await stage.untilEnded(1);
    const [{ attempts, status } = nothing()] = await stage.deliveries();
    expect(status).toBe('PENDING');
    expect(attempts[0]?.error).toBe(`webhook.allow does not name 127.0.0.1:${receiver.port}`);
    expect(receiver.received).toEqual([]);
  });

  it('connects to the very address that was checked, and to none that is private', async () => {
    await using receiver = await startReceiver();
    let looks = 0;
    // The second answer would be a rebinding: it is never asked for.
    const lookUp = async (name: string) => {
      if (name === 'inside.example') return [{ address: '127.0.0.1', family: 4 }];
      looks += 1;
      return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }];
    };
    const allow = `named.example,inside.example:1,127.0.0.1:${receiver.port}`;
    await using stage = await WebhookStage.open({ allow, lookUp });
    await stage.create({ url: `http://named.example:${receiver.port}/` });
    await stage.untilEnded(1);
    expect(receiver.received.map(({ headers }) => headers.host)).toEqual([`named.example:${receiver.port}`]);
    expect(looks).toBe(1);
    await stage.create({ url: `http://inside.example:1/` });
    await stage.untilEnded(2);
    const [{ attempts } = nothing()] = await stage.deliveries();
    expect(attempts[0]?.error).toBe('inside.example is 127.0.0.1, which is not public and not named in webhook.allow');
  });

  it('has no quote of a document that was deleted with its quotes meanwhile', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 500;
    await using stage = await WebhookStage.open();
    const { id, contentHash } = await stage.upload('total due');
    await stage.create({ url: receiver.url, events: ['classify.success'] });
    await stage.complete(contentHash);
    await stage.untilEnded(1);
    await stage.store.files.delete(id, { purgeQuotes: true });
    await untilNext(stage);
    await stage.untilEnded(2);
    const reasonings = receiver.received.map(({ body }) => JSON.parse(body.toString()).data.result.reasoning);
    expect(reasonings).toEqual(['page 1 says "total due"', 'page 1 fits']);
  });

  it('says nothing secret in the log or in what is kept of attempts', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 500;
    await using stage = await WebhookStage.open();
    const url = `http://user:hidden-password@127.0.0.1:${receiver.port}/?token=hidden-token`;
    await stage.create({ url, secret: 'hidden-secret', headers: { authorization: 'Bearer hidden-header' } });
    await stage.untilEnded(1);
    expect(stage.logged.join('\n')).toContain('webhook attempt');
    const kept = (await stage.deliveries()).map(({ attempts }) => attempts);
    expect(`${stage.logged.join('\n')}${JSON.stringify(kept)}`).not.toContain('hidden-');
  });
});

interface Payload {
  readonly event_id: string;
  readonly event_type: string;
  readonly timestamp: number;
  readonly data: Record<string, unknown>;
}

function payloadOf({ body }: ReceivedWebhook): Payload {
  return JSON.parse(body.toString());
}

function isSignedStandard(secret: string, headers: ReceivedWebhook['headers'], body: Buffer): boolean {
  const webhook = new Webhook(secret, secret.startsWith('whsec_') ? {} : { format: 'raw' });
  try {
    webhook.verify(body.toString(), headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

/** Moves the clock to the next attempt of the only delivery. @returns How long that was */
async function untilNext(stage: WebhookStage): Promise<number> {
  const [{ nextAttemptAt, attempts } = nothing()] = await stage.deliveries();
  const started = attempts.at(-1)?.startedAt ?? '';
  const pauseMs = Math.ceil(Date.parse(nextAttemptAt ?? '') - Date.parse(started)) + 1;
  stage.advance(pauseMs);
  return pauseMs;
}

/** A port that nothing listens at. */
async function closedPort(): Promise<number> {
  await using receiver = await startReceiver();
  return receiver.port;
}

function nothing(): TriedDelivery {
  throw new Error('there is no delivery');
}
