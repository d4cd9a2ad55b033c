import { verify } from '@octokit/webhooks-methods';
import { describe, expect, it } from 'vitest';
import { isSignedStandard, nothing, payloadOf, SECRET, untilNext } from '../testing/webhook-payload.js';
import { type Reaction, startReceiver } from '../testing/webhook-receiver.js';
import { WebhookStage } from '../testing/webhook-stage.js';

const SEED = Number(process.env['DOCKET_TEST_SEED'] ?? 20240117);
/** Of one event. */
const MOST_FAILURES = 6;
const JOBS = process.env['DOCKET_TEST_LONG'] ? 100 : 20;
const DAY_MS = 24 * 60 * 60_000;

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

  it('could not be tried again within the day gets no more', async () => {
    await using receiver = await startReceiver();
    receiver.react = () => 503;
    await using stage = await WebhookStage.open();
    await stage.create({ url: receiver.url });
    await stage.untilEnded(1);
    await stage.stop();
    stage.advance(DAY_MS + 1);
    await stage.start();
    await stage.untilEnded(2);
    expect(receiver.received).toHaveLength(1);
    const [{ status, attempts } = nothing()] = await stage.deliveries();
    expect([status, attempts[1]?.error]).toEqual(['FAILED', 'not sent: the day was over']);
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

describe(`whatever a receiver does (seed ${SEED})`, () => {
  it('it gets each event that happened, and no other', { timeout: 120_000 }, async () => {
    await using receiver = await startReceiver();
    const random = randomFrom(SEED);
    const pick = <Item>(...items: readonly [Item, ...Item[]]) => items[Math.floor(random() * items.length)] as Item;
    const tries = new Map<string, number>();
    receiver.react = (request) => {
      const { event_id } = payloadOf(request);
      const count = tries.get(event_id) ?? 0;
      tries.set(event_id, count + 1);
      // It comes back in the end: a dozen failures would take the day that is given.
      if (count === MOST_FAILURES) return 200;
      return pick<Reaction>(
        200,
        204,
        404,
        500,
        (response) => response.writeHead(302, { location: receiver.url }).end(),
        (response) => response.destroy(),
        () => {},
      );
    };
    await using stage = await WebhookStage.open({ timeoutMs: 250 });
    const happened = new Map<string, readonly string[]>();
    for (let count = 0; count < JOBS; count++) {
      const job = await stage.create({ url: receiver.url, secret: SECRET });
      const end = pick('success', 'error', 'cancelled');
      if (end === 'success') await stage.complete();
      if (end === 'error') await stage.fail();
      if (end === 'cancelled') await stage.cancel(job);
      const events = ['pending', ...(end === 'cancelled' ? [] : ['running']), end].map((event) => `classify.${event}`);
      happened.set(job.id, events.sort());
    }
    await stage.deliverAll();
    const got = new Map<string, Set<string>>();
    for (const request of receiver.received) {
      const { event_id, event_type, data } = payloadOf(request);
      const events = got.get(String(data['id'])) ?? new Set();
      got.set(String(data['id']), events.add(`${event_type} ${event_id}`));
      expect(isSignedStandard(SECRET, request.headers, request.body)).toBe(true);
      expect(await verify(SECRET, request.body.toString(), String(request.headers['lc-signature']))).toBe(true);
    }
    // Sorted: what was given up while it was on its way may arrive after the next. Each event under one id.
    const names = [...got].map(
      ([job, events]) => [job, [...events].map((event) => event.split(' ')[0]).sort()] as const,
    );
    expect(new Map(names)).toEqual(happened);
    expect((await stage.deliveries()).filter(({ status }) => status !== 'DELIVERED')).toEqual([]);
  });
});

/** A port that nothing listens at. */
async function closedPort(): Promise<number> {
  await using receiver = await startReceiver();
  return receiver.port;
}

/** Numbers from 0 to 1, the same for a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
