import { DocketError } from '@docket/core';
import { verify } from '@octokit/webhooks-methods';
import { describe, expect, it, vi } from 'vitest';
import { serialiseJob } from '../schemas/job.js';
import { isSignedStandard, nothing, payloadOf, SECRET, untilNext } from '../testing/webhook-payload.js';
import { type ReceivedWebhook, startReceiver } from '../testing/webhook-receiver.js';
import { WebhookStage } from '../testing/webhook-stage.js';

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

describe('the courier', () => {
  it('goes by the host of the outbox for how many are under way, also where the saved address has moved', async () => {
    await using hanging = await startReceiver();
    hanging.react = () => () => {};
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open({ allow: '127.0.0.1', timeoutMs: 60_000 });
    const { store } = stage;
    const rest = { headers: {}, events: ['classify.pending'], format: 'json' as const, secret: null };
    const saved = await store.webhooks.create({ projectId: 'p', url: receiver.url, host: 'old.example', ...rest });
    for (let count = 0; count < 8; count++) await stage.createFor({ isAllowed: true, webhookId: saved.id });
    await store.webhooks.update(saved.id, { url: hanging.url, host: new URL(hanging.url).host });
    for (let count = 0; count < 8; count++) await stage.create({ url: receiver.url, events: rest.events });
    await stage.untilEnded(8);
    expect(hanging.received).toHaveLength(4);
  });

  it('begins when the disk has room again, where it is full at first', async () => {
    await using receiver = await startReceiver();
    await using stage = await WebhookStage.open();
    await stage.stop();
    stage.faults.push(new DocketError('capacity.disk_full', 'full'));
    await stage.start();
    await stage.create({ url: receiver.url, events: ['classify.pending'] });
    await receiver.until(1);
    expect(stage.faults).toEqual([]);
    expect(stage.logged.join('\n')).toContain('something waits to be stored');
  });
});

it('says once that the store cannot be reached, and once that it can again', async () => {
  await using receiver = await startReceiver();
  await using stage = await WebhookStage.open();
  stage.claimFaults.push(...Array.from({ length: 5 }, () => new DocketError('state.database_unreachable', 'away')));
  await vi.waitFor(() => {
    stage.advance(0);
    expect(stage.claimFaults).toEqual([]);
  });
  await stage.create({ url: receiver.url, events: ['classify.pending'] });
  await receiver.until(1);
  const said = (text: string) => stage.logged.filter((line) => line.includes(text)).length;
  expect([said('no delivery could be claimed'), said('does what it should again')]).toEqual([1, 1]);
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
