import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CONFIGURATION, completeJob } from '../testing/jobs.js';
import { TestServer } from '../testing/test-server.js';

const URL_ALLOWED = 'https://hooks.example/in?token=hidden-token';
const PATH = '/api/v1/beta/webhook-configs';

let server: TestServer;
let woken = 0;

beforeAll(async () => {
  server = await TestServer.start();
  const webhooks = { allows: (url: string) => url.startsWith('https://hooks.example/'), wake: () => woken++ };
  Object.assign(server.services, { webhooks });
});
afterAll(() => server[Symbol.asyncDispose]());

function save(body: object, query: Record<string, string> = {}) {
  return server.call('POST', PATH, { body: { webhook_url: URL_ALLOWED, ...body }, query });
}

async function create(body: object) {
  const file_input = await server.upload();
  return server.call('POST', '/api/v2/classify', { body: { file_input, configuration: CONFIGURATION, ...body } });
}

async function deliveriesOf(id: string) {
  const { json } = await server.call('GET', '/api/local/webhook-deliveries', { query: { job_id: id } });
  return json.items;
}

describe('webhook configurations', () => {
  it('are saved, and answered without what is secret', async () => {
    const headers = { Authorization: 'Bearer hidden-a', 'X-Api-Key': 'hidden-b', 'X-Tenant': 'seven' };
    const body = { webhook_events: ['classify.success'], webhook_headers: headers, webhook_signing_secret: 'hidden-c' };
    const { status, json } = await save(body, { project_id: 'first' });
    expect([status, JSON.stringify(json).replace('hidden-token', '')]).toEqual([
      201,
      expect.not.stringContaining('hidden'),
    ]);
    expect(json).toMatchObject({
      id: expect.stringMatching(/^whc-/),
      has_secret: true,
      tenant_id: 'first',
      tenant_type: 'project',
      webhook_url: URL_ALLOWED,
      webhook_events: ['classify.success'],
      webhook_headers: { Authorization: '********', 'X-Api-Key': '********', 'X-Tenant': 'seven' },
      webhook_output_format: 'string',
    });
    const { json: list } = await server.call('GET', PATH, { query: { project_id: 'first' } });
    expect(list).toEqual([json]);
    expect((await server.call('GET', `${PATH}/${json.id}`)).json).toEqual(json);
    expect((await server.store.webhooks.get(json.id))?.headers).toEqual(headers);
  });

  it('change by what is given alone; a hidden value that comes back is the one that was there', async () => {
    const headers = { Authorization: 'Bearer hidden', 'X-Tenant': 'seven' };
    const { json: saved } = await save({ webhook_headers: headers, webhook_signing_secret: 'hidden' });
    const path = `${PATH}/${saved.id}`;
    const change = {
      webhook_headers: { ...saved.webhook_headers, 'X-Tenant': 'eight' },
      webhook_output_format: 'json',
    };
    const { json: changed } = await server.call('PUT', path, { body: change });
    expect(changed).toMatchObject({ ...saved, ...change, updated_at: changed.updated_at });
    expect(await server.store.webhooks.get(saved.id)).toMatchObject({
      headers: { Authorization: 'Bearer hidden', 'X-Tenant': 'eight' },
      secret: 'hidden',
    });
    expect((await server.call('PUT', path, { body: { webhook_signing_secret: null } })).json.has_secret).toBe(false);
    expect((await server.call('DELETE', path)).status).toBe(204);
    for (const method of ['GET', 'PUT', 'DELETE']) {
      expect((await server.call(method, path, method === 'PUT' ? { body: {} } : {})).status).toBe(404);
    }
  });

  it('hide the password of an address, and keep it when it comes back hidden, as headers in any case', async () => {
    const { json: saved } = await save({
      webhook_url: 'https://user:hidden@hooks.example/in',
      webhook_headers: { Authorization: 'Bearer hidden' },
    });
    expect(saved.webhook_url).toBe('https://user:********@hooks.example/in');
    const path = `${PATH}/${saved.id}`;
    const body = {
      webhook_url: 'https://user:********@hooks.example/out',
      webhook_headers: { authorization: '********' },
    };
    const { json: changed } = await server.call('PUT', path, { body });
    expect(changed).toMatchObject(body);
    expect(await server.store.webhooks.get(saved.id)).toMatchObject({
      url: 'https://user:hidden@hooks.example/out',
      host: 'hooks.example',
      headers: { authorization: 'Bearer hidden' },
    });
  });

  it('never keep stars for what is not there', async () => {
    const { json: saved } = await save({});
    const changes = [
      { webhook_url: 'https://user:********@hooks.example/' },
      { webhook_headers: { 'X-Api-Key': '********' } },
    ];
    for (const body of changes) {
      const answers = [
        await save(body),
        await server.call('PUT', `${PATH}/${saved.id}`, { body }),
        await create({ webhook_configurations: [{ webhook_url: URL_ALLOWED, ...body }] }),
      ];
      expect(answers.map(({ status }) => status)).toEqual([422, 422, 422]);
      for (const { json } of answers) expect(json.detail[0].msg).toContain('give the value itself');
    }
  });

  it.each([
    { webhook_signing_secret: 'a\u0000b' },
    { webhook_signing_secret: 'a\ud800' },
    { webhook_headers: { a: '\u0000' } },
    { webhook_headers: { 'a\u0000': 'b' } },
    { webhook_headers: { 'a\udc00': 'b' } },
    { webhook_url: 'https://hooks.example/\u0000' },
  ])('refuse %j, which not every database can hold', async (body) => {
    expect((await save(body)).status).toBe(422);
    const given = { webhook_configurations: [{ webhook_url: URL_ALLOWED, ...body }] };
    expect((await create(given)).status).toBe(422);
  });

  it('are not repeated with their secrets when a request is refused', async () => {
    const webhook = {
      webhook_url: 'https://user:hidden@hooks.example/',
      webhook_headers: { 'x-tenant': 'hidden' },
      webhook_signing_secret: 'hidden',
    };
    const configuration = CONFIGURATION;
    const bodies = [
      { configuration, webhook_configurations: [webhook] },
      { file_input: 'dfl-a', webhook_configurations: [webhook] },
      { file_input: 'dfl-a', configuration: {}, webhook_configurations: [{ ...webhook, webhook_events: 5 }] },
      { webhook_configurations: [{ webhook_signing_secret: 'hidden\u0000', webhook_headers: { a: ['hidden'] } }] },
      { webhook_configurations: [{ webhook_url: ['https://user:hidden@hooks.example/'] }] },
      { webhook_configurations: JSON.stringify([webhook]) },
      JSON.stringify({ webhook_configurations: [webhook] }),
    ];
    const requests = [
      ...bodies.map((body) => ['/api/v2/classify', body] as const),
      [PATH, { ...webhook, webhook_url: undefined }] as const,
      [PATH, { ...webhook, webhook_url: 'ftp://user:hidden@hooks.example/' }] as const,
    ];
    for (const [path, body] of requests) {
      const { status, json } = await server.call('POST', path, { body });
      expect([status, JSON.stringify(json)]).toEqual([422, expect.not.stringContaining('hidden')]);
    }
  });

  it.each([
    [{ webhook_url: 'ftp://hooks.example/' }, 'value_error'],
    [{ webhook_url: '' }, 'string_too_short'],
    [{ webhook_events: [] }, 'too_short'],
    [{ webhook_events: ['classify.done'] }, 'literal_error'],
    [{ webhook_output_format: 'xml' }, 'literal_error'],
  ])('refuse %j', async (body, type) => {
    const { status, json } = await save(body);
    expect([status, json.detail.map((entry: { type: string }) => entry.type)]).toEqual([422, [type]]);
  });
});

describe('a job with webhooks', () => {
  it('has its events delivered to all that is allowed, named or given, and wakes who delivers them', async () => {
    const { json: saved } = await save({ webhook_events: ['classify.success'] });
    const before = woken;
    const { json: job } = await create({
      webhook_configurations: [{ webhook_url: URL_ALLOWED }, { webhook_url: 'http://127.0.0.1:9/' }, {}],
      webhook_configuration_ids: [saved.id],
    });
    expect(woken).toBe(before + 1);
    expect(JSON.stringify(job)).not.toMatch(/hooks\.example|webhook/);
    await completeJob(server);
    const deliveries = await deliveriesOf(job.id);
    expect(deliveries.map(({ event }: { event: string }) => event).sort()).toEqual([
      'classify.pending',
      'classify.running',
      'classify.success',
      'classify.success',
    ]);
    expect(deliveries[0]).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      job_id: job.id,
      event: 'classify.success',
      url: 'https://hooks.example/in?...',
      status: 'PENDING',
      occurred_at: expect.any(String),
      next_attempt_at: expect.any(String),
      attempts: [],
    });
    await server.call('DELETE', `/api/v2/classify/${job.id}`);
    expect(await deliveriesOf(job.id)).toEqual([]);
  });

  it('shows each attempt', async () => {
    const { json: job } = await create({ webhook_configurations: [{ webhook_url: URL_ALLOWED }] });
    const claim = { owner: 'courier', leaseMs: 1000, busyHosts: [] };
    const { id } = (await server.store.deliveries.claim(claim)) ?? { id: '' };
    const startedAt = server.store.clock.now();
    const attempt = { startedAt, durationMs: 12, statusCode: 500, error: 'status 500' };
    await server.store.deliveries.finish({ id, owner: 'courier' }, attempt, { status: 'FAILED' });
    expect(await deliveriesOf(job.id)).toMatchObject([
      {
        status: 'FAILED',
        next_attempt_at: null,
        attempts: [{ started_at: startedAt, duration_ms: 12, status_code: 500, error: 'status 500' }],
      },
    ]);
    const { json } = await server.call('GET', '/api/local/webhook-deliveries', { query: { status: 'FAILED' } });
    expect(json).toMatchObject({ items: [{ id }], total_size: 1, next_page_token: null });
  });

  it('that names one which is not there is refused', async () => {
    const { status, json } = await create({ webhook_configuration_ids: ['whc-unknown'] });
    expect([status, json.detail]).toEqual([404, 'Webhook configuration not found']);
  });

  it('has fifty at most', async () => {
    const webhook_configurations = Array.from({ length: 51 }, () => ({ webhook_url: URL_ALLOWED }));
    expect((await create({ webhook_configurations })).status).toBe(422);
  });
});
