import { ApiClient } from '../server/api-client.js';
import { copiesOfFixtures } from '../server/bench-documents.js';
import { CONCURRENCY, REQUESTS_AT_ONCE, showProgress } from '../server/machine.js';
import { mapConcurrently } from '../server/map-concurrently.js';
import { sendPaced } from '../server/paced-requests.js';
import { percentile } from '../server/percentile.js';
import { startServer } from '../server/server-process.js';
import { classifyAll, uploadAll } from '../server/server-run.js';
import { ms, type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { startPostgres } from './both-stores.js';
import type { Effort } from './effort.js';

const INTERVAL_MS = 10;
const WARM_UP_REQUESTS = 50;

/** Latencies of one server, in milliseconds. */
interface Latencies {
  readonly name: string;
  readonly get: readonly number[];
  readonly create: readonly number[];
}

/** How fast are create and get while engine processes are busy and jobs wait? */
export async function measureUnderLoad(effort: Effort): Promise<Section> {
  const measured = [await measure('SQLite', [], effort)];
  await using postgres = await startPostgres();
  measured.push(await measure('PostgreSQL', ['--database', postgres.url], effort));
  const row = ({ name, ...by }: Latencies, what: 'get' | 'create') => {
    return [`${what}, ${name}`, ...[0.5, 0.95, 0.99].map((share) => ms(percentile(by[what], share)))];
  };
  return {
    title: 'Create and get under load',
    lines: [
      `One server with ${CONCURRENCY} engine processes, all busy, and ${effort.queuedJobs} jobs that wait. ${effort.requests} GETs of ended jobs and as many creates, one`,
      `every ${INTERVAL_MS} ms, whether or not earlier ones are answered. All share the processors.`,
      '',
      ...table(
        ['', 'p50', 'p95', 'p99'],
        measured.flatMap((latencies) => [row(latencies, 'get'), row(latencies, 'create')]),
      ),
    ],
    targets: [],
  };
}

async function measure(name: string, flags: readonly string[], effort: Effort): Promise<Latencies> {
  const rules = await fixtureRuleList();
  await using server = await startServer(CONCURRENCY, flags);
  using client = new ApiClient(server.url);
  const documents = await copiesOfFixtures(effort.warmUpCopies);
  await classifyAll(client, await uploadAll(client, documents), rules);
  const ended = (await client.allJobs()).map(({ id }) => id);
  const files = await uploadAll(client, await copiesOfFixtures(effort.timedCopies, effort.warmUpCopies));
  const file = (index: number) => files[index % files.length] ?? '';
  const queued = Array.from({ length: effort.queuedJobs }, (_, index) => file(index));
  await mapConcurrently(queued, REQUESTS_AT_ONCE, (id) => client.createJob(id, rules));
  const getJob = (index: number) => client.fetchJob(ended[index % ended.length] ?? '');
  await sendPaced(WARM_UP_REQUESTS, INTERVAL_MS, getJob);
  const get = (await sendPaced(effort.requests, INTERVAL_MS, getJob)).latenciesMs;
  const create = (await sendPaced(effort.requests, INTERVAL_MS, (index) => client.createJob(file(index), rules)))
    .latenciesMs;
  showProgress(`under load, ${name}: p99 ${ms(percentile(get, 0.99))} get, ${ms(percentile(create, 0.99))} create`);
  return { name, get, create };
}
