import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { startServer } from '../support/docket-server.js';
import { docketProgram } from '../support/project.js';
import { plainEnvironment } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';
import { ApiClient, type ApiPage, until } from './support/api-client.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';
import { launchRefused } from './support/launch-server.js';

interface Received {
  readonly headers: IncomingHttpHeaders;
  readonly payload: { readonly event_id: string; readonly event_type: string; readonly data: { readonly id: string } };
}

interface ListedDelivery {
  readonly id: string;
  readonly job_id: string;
  readonly event: string;
  readonly status: string;
  readonly attempts: readonly { readonly status_code: number | null; readonly error: string | null }[];
}

/** A receiver that answers as it is told to. */
async function startReceiver() {
  const received: Received[] = [];
  let answer: (response: ServerResponse) => void = (response) => response.end();
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, payload: JSON.parse((await buffer(request)).toString()) });
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    answer: (next: typeof answer) => {
      answer = next;
    },
    [Symbol.dispose]: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const ALLOW = ['--webhook-allow', '127.0.0.1'];
const SECRETS = { webhook_signing_secret: 'hidden-secret', webhook_headers: { authorization: 'Bearer hidden-header' } };

function deliveries(client: ApiClient): Promise<ApiPage<ListedDelivery>> {
  return client.request('GET', '/api/local/webhook-deliveries', { query: { page_size: 100 } });
}

test('events outlast a kill, come again under the same id, and are what happened; nothing tells the secrets', async () => {
  const dataFolder = temporaryFolder();
  using receiver = await startReceiver();
  // The first server dies with the requests on their way.
  receiver.answer(() => {});
  let logs = '';
  const jobs: string[] = [];
  {
    await using server = await startServer({ dataFolder, args: ALLOW });
    const client = new ApiClient(server.url);
    const { id: file_input } = await client.upload(tinyInvoice());
    const webhook = { webhook_url: `${receiver.url}/?token=hidden-token`, webhook_output_format: 'json', ...SECRETS };
    const body = { file_input, configuration: CONFIGURATION };
    const { id } = await client.request<{ id: string }>('POST', '/api/v1/beta/webhook-configs', { json: webhook });
    jobs.push((await client.classify({ ...body, webhook_configurations: [webhook] })).id);
    jobs.push((await client.classify({ ...body, webhook_configuration_ids: [id] })).id);
    await until('requests that hang', () => receiver.received.length === 2);
    await server.kill();
    logs += server.log();
  }
  const hung = receiver.received.splice(0).map(({ payload }) => payload.event_id);
  receiver.answer((response) => response.end());
  await using server = await startServer({ dataFolder, args: ALLOW });
  const client = new ApiClient(server.url);
  await until('all events', async () => (await deliveries(client)).items.every(({ status }) => status === 'DELIVERED'));
  const { items } = await deliveries(client);
  const happened = ['classify.pending', 'classify.running', 'classify.success'];
  for (const job of jobs) {
    const got = receiver.received.filter(({ payload }) => payload.data.id === job).map(({ payload }) => payload);
    expect(got.map(({ event_type }) => event_type)).toEqual(happened);
    const listed = items.filter(({ job_id }) => job_id === job).reverse();
    expect(listed.map(({ id, event }) => [id, event])).toEqual(
      got.map(({ event_id, event_type }) => [event_id, event_type]),
    );
    // What was cut off by the kill was not an attempt that came to an end.
    expect(listed.map(({ attempts }) => attempts)).toMatchObject(
      happened.map(() => [{ status_code: 200, error: null }]),
    );
  }
  const again = receiver.received.map(({ payload }) => payload.event_id);
  expect(new Set(hung).size).toBe(2);
  expect(again).toEqual(expect.arrayContaining(hung));

  const { body: metrics } = await client.send<string>('GET', '/metrics');
  expect(metrics).toContain('docket_webhooks_pending 0');
  expect(metrics).toContain('docket_webhook_attempt_seconds_count{status="DELIVERED"} 6');
  const copy = join(temporaryFolder(), 'copy.db');
  const backup = spawnSync(process.execPath, [docketProgram, 'db', 'backup', copy, '--data-dir', dataFolder], {
    env: plainEnvironment(),
    encoding: 'utf8',
  });
  expect(backup.status).toBe(0);
  const answers = await Promise.all([
    client.send('GET', '/api/v1/beta/webhook-configs'),
    client.send('GET', '/api/v2/classify'),
    client.send('GET', '/api/local/webhook-deliveries'),
  ]);
  const told = JSON.stringify([answers, metrics, logs, server.log(), backup.stdout, backup.stderr]);
  // The address of a webhook is its own answer to who saved it.
  expect(told.replaceAll(`${receiver.url}/?token=hidden-token`, '')).not.toContain('hidden-');
});

test('without an allowed host nothing that delivers is loaded, and with one it is', async () => {
  const loaded = async (args: readonly string[]) => {
    const trace = join(temporaryFolder({ 'loaded.txt': '' }), 'loaded.txt');
    const hooks = join(import.meta.dirname, '../support/record-modules.mjs');
    const env = { NODE_OPTIONS: `--import ${hooks}`, LOADED_MODULES: trace };
    await using server = await startServer({ args, env });
    await server.stop();
    return readFileSync(trace, 'utf8').split('\n');
  };
  const isWebhookCode = (url: string) => /\/server\/dist\/webhooks\/|\/ipaddr\.js\//.test(url);
  const without = await loaded([]);
  expect(without.some((url) => url.includes('/server/dist/serve.js'))).toBe(true);
  expect(without.filter(isWebhookCode)).toEqual([]);
  expect((await loaded(ALLOW)).filter(isWebhookCode).length).toBeGreaterThan(3);
});

test('a setting that names no host refuses to start', async () => {
  const args = ['--webhook-allow', 'https://hooks.example/'];
  const { exitCode, message } = await launchRefused({ dataFolder: temporaryFolder(), args });
  expect(exitCode).toBe(2);
  expect(message).toContain('the setting webhook.allow has "https://hooks.example/", which is no host');
});
