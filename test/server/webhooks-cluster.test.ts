import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { noPostgres, PrivatePostgres } from '../../packages/store/src/testing/private-postgres.js';
import { startServer } from '../support/docket-server.js';
import { ApiClient, type ApiPage, until } from './support/api-client.js';
import { CONFIGURATION, tinyInvoice } from './support/documents.js';

interface Payload {
  readonly event_id: string;
  readonly event_type: string;
  readonly data: { readonly id: string };
}

interface ListedDelivery {
  readonly id: string;
  readonly job_id: string;
  readonly event: string;
  readonly status: string;
}

const JOBS = 12;
const HAPPENED = ['classify.pending', 'classify.running', 'classify.success'];

if (noPostgres !== undefined) console.log(`webhooks of several servers: skipped, ${noPostgres}`);

test.skipIf(noPostgres !== undefined)(
  'two servers share the deliveries; when one is killed, the other makes those that it was at, under the same ids',
  { timeout: 180_000 },
  async () => {
    await using database = await PrivatePostgres.start();
    const received: Payload[] = [];
    let answer = (response: ServerResponse) => void response.end();
    const receiver = createServer(async (request, response) => {
      received.push((await json(request)) as Payload);
      answer(response);
    });
    receiver.listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    const webhook_url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
    const args = ['--database', database.url, '--webhook-allow', '127.0.0.1', '--concurrency', '1'];
    await using first = await startServer({ args: [...args, '--no-worker'] });
    await using second = await startServer({ args });
    const clients = [new ApiClient(first.url), new ApiClient(second.url)] as const;
    const { id: file_input } = await clients[0].upload(tinyInvoice());
    const webhook_configurations = [{ webhook_url, webhook_output_format: 'json' }];
    const body = { file_input, configuration: CONFIGURATION, webhook_configurations };
    const createAll = (through: readonly ApiClient[]) =>
      Promise.all(
        Array.from(
          { length: JOBS },
          async (_, index) => (await through[index % through.length]?.create(body))?.id ?? '',
        ),
      );
    const areDelivered = async (client: ApiClient, jobs: readonly string[]) => {
      const path = '/api/local/webhook-deliveries';
      const page = await client.request<ApiPage<ListedDelivery>>('GET', path, { query: { page_size: 100 } });
      const items = page.items.filter(({ job_id }) => jobs.includes(job_id));
      return items.length === jobs.length * HAPPENED.length && items.every(({ status }) => status === 'DELIVERED');
    };
    const eventsOf = (job: string) => {
      const got = new Map(received.filter(({ data }) => data.id === job).map((one) => [one.event_id, one.event_type]));
      return [...got.values()].sort();
    };

    const jobs = await createAll(clients);
    await until('all deliveries', () => areDelivered(clients[0], jobs));
    for (const job of jobs) expect(eventsOf(job)).toEqual(HAPPENED);
    // Nobody was lost, so nothing came twice.
    expect(received).toHaveLength(jobs.length * HAPPENED.length);

    received.splice(0);
    answer = () => {};
    const more = await createAll([clients[0]]);
    // Four of each server hang; then the one that only serves dies with its part.
    await until('requests that hang', () => received.length === 8);
    await first.kill();
    const hung = received.map(({ event_id }) => event_id);
    expect(new Set(hung).size).toBe(8);
    answer = (response) => void response.end();
    // What hangs for the other fails, and is tried again.
    receiver.closeAllConnections();
    await until('all deliveries again', () => areDelivered(clients[1], more), 100_000);
    for (const job of more) expect(eventsOf(job)).toEqual(HAPPENED);
    receiver.closeAllConnections();
    receiver.close();
  },
);
