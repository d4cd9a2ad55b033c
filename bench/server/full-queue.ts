import { setTimeout as delay } from 'node:timers/promises';
import { median } from '../speed/median-of.js';
import { ms, type Section, table } from '../speed/report.js';
import { fixtureRuleList } from '../speed/speed-documents.js';
import { ApiClient } from './api-client.js';
import { copiesOfFixtures } from './bench-documents.js';
import type { Effort } from './effort.js';
import { CONCURRENCY, REQUESTS_AT_ONCE, showProgress } from './machine.js';
import { mapConcurrently } from './map-concurrently.js';
import { type PacedRequests, sendPaced } from './paced-requests.js';
import { percentile } from './percentile.js';
import { startServer } from './server-process.js';
import { classifyAll, uploadAll } from './server-run.js';

/** How many times as slow GET may be while the queue is full, p99. */
const MOST_TIMES = 5;

const INTERVAL_MS = 4;

/** Requests that nobody measures, before each measurement. */
const WARM_UP_REQUESTS = 250;

/** After so long without work, the server has tidied up. */
const SETTLE_MS = 3000;

/** Copies of each fixture that run before anything is measured: their jobs are those that are asked for. */
const ENDED_COPIES = 6;

interface Round {
  readonly idle: PacedRequests;
  readonly busy: PacedRequests;
  readonly createsPerSecond: number;
  /** Waiting jobs after the last GET. */
  readonly pending: number;
}

/** How fast is GET while thousands of jobs wait, and how fast are they taken in? */
export async function measureFullQueue(effort: Effort): Promise<Section> {
  const rounds: Round[] = [];
  for (let round = 0; round < effort.queueRounds; round++) {
    const measured = await measureRound(effort);
    rounds.push(measured);
    const { idle, busy } = measured;
    const p99 = [idle, busy].map(({ latenciesMs }) => ms(percentile(latenciesMs, 0.99)));
    showProgress(`full queue, round ${round + 1} of ${effort.queueRounds}: p99 ${p99.join(' idle, ')} busy`);
  }
  return report(rounds, effort);
}

async function measureRound({ requests, queuedFiles, queuedJobs }: Effort): Promise<Round> {
  const rules = await fixtureRuleList();
  const ended = await copiesOfFixtures(ENDED_COPIES);
  const perCopy = ended.length / ENDED_COPIES;
  const waiting = (await copiesOfFixtures(Math.ceil(queuedFiles / perCopy), ENDED_COPIES)).slice(0, queuedFiles);
  await using server = await startServer(CONCURRENCY);
  using client = new ApiClient(server.url);
  await classifyAll(client, await uploadAll(client, ended), rules);
  const jobIds = (await client.allJobs()).map(({ id }) => id);
  const fileIds = await uploadAll(client, waiting);
  const getJobs = async (count: number) => {
    return await sendPaced(count, INTERVAL_MS, (index) => client.fetchJob(jobIds[index % jobIds.length] ?? ''));
  };
  await delay(SETTLE_MS);
  await getJobs(WARM_UP_REQUESTS);
  const idle = await getJobs(requests);
  const jobs = Array.from({ length: queuedJobs }, (_, index) => fileIds[index % fileIds.length] ?? '');
  const started = performance.now();
  await mapConcurrently(jobs, REQUESTS_AT_ONCE, (id) => client.createJob(id, rules));
  const createsPerSecond = (1000 * queuedJobs) / (performance.now() - started);
  await getJobs(WARM_UP_REQUESTS);
  const busy = await getJobs(requests);
  const pending = await client.countJobs('PENDING');
  // Below that, jobs would be served from pages that are known.
  if (pending < queuedJobs - queuedFiles) throw new Error(`only ${pending} jobs were still waiting: queue more files`);
  return { idle, busy, createsPerSecond, pending };
}

function report(rounds: readonly Round[], { requests, queuedFiles, queuedJobs }: Effort): Section {
  const all = (state: 'idle' | 'busy', key: keyof PacedRequests) => rounds.flatMap((round) => round[state][key]);
  const row = (name: string, state: 'idle' | 'busy', key: keyof PacedRequests = 'latenciesMs') => {
    return [name, ...[0.5, 0.95, 0.99, 1].map((share) => ms(percentile(all(state, key), share)))];
  };
  const p99 = (round: Round, state: 'idle' | 'busy') => percentile(round[state].latenciesMs, 0.99);
  const times = percentile(all('busy', 'latenciesMs'), 0.99) / percentile(all('idle', 'latenciesMs'), 0.99);
  const least = Math.min(...rounds.map(({ pending }) => pending));
  return {
    title: 'While the queue is full',
    lines: [
      `\`GET /api/v2/classify/{id}\` of ended jobs, ${requests} times in each of ${rounds.length} rounds, each with a new server: one every ${INTERVAL_MS} ms,`,
      `whether or not earlier ones are answered. First with nothing to do; then while ${queuedJobs} jobs were queued (on ${queuedFiles} files`,
      `of different content; never fewer than ${least} waited) and ${CONCURRENCY} engine processes were busy. Client, server and engine`,
      'processes share the processors; how late the timers of the client were says what that alone costs.',
      '',
      ...table(
        ['', 'p50', 'p95', 'p99', 'longest'],
        [
          row('GET, idle', 'idle'),
          row('GET, queue full', 'busy'),
          row('timers of the client, idle', 'idle', 'lateMs'),
          row('timers of the client, queue full', 'busy', 'lateMs'),
        ],
      ),
      '',
      `Jobs accepted while they were queued, ${REQUESTS_AT_ONCE} creates at once, engine processes busy:`,
      '',
      ...table(
        ['round', 'creates/s', 'GET p99 idle', 'GET p99 queue full', 'times'],
        rounds.map((round, index) => {
          const [idle, busy] = [p99(round, 'idle'), p99(round, 'busy')];
          return [
            String(index + 1),
            round.createsPerSecond.toFixed(0),
            ms(idle),
            ms(busy),
            `${(busy / idle).toFixed(2)} x`,
          ];
        }),
      ),
      '',
      `Median: ${median(rounds.map(({ createsPerSecond }) => createsPerSecond)).toFixed(0)} creates a second.`,
    ],
    targets: [
      {
        name: 'p99 of GET while the queue is full, of p99 idle',
        reached: `${times.toFixed(2)} x`,
        wanted: `at most ${MOST_TIMES} x`,
        met: times <= MOST_TIMES,
      },
    ],
  };
}
