import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Rule } from '@docket/core';
import { ms, type Section, table } from '../speed/report.js';
import { fixtureFolder, fixtureRuleList } from '../speed/speed-documents.js';
import { ApiClient, type WireExplanation } from './api-client.js';
import { copiesOf, copiesOfFixtures } from './bench-documents.js';
import type { Effort } from './effort.js';
import { CONCURRENCY, showProgress } from './machine.js';
import { percentile } from './percentile.js';
import { startServer } from './server-process.js';
import { classifyAll, uploadAll } from './server-run.js';

const THREE_PAGES = 'contract-3p.pdf';
const POLL_INTERVAL_MS = 10;
const MOST_WAIT_SECONDS = 60;
const WARM_UP_COPIES = 6;
const PROGRESS_EVERY = 50;

/** How the end of a job is learnt. */
type Way = 'wait' | 'poll';

/** Runs one job. @returns Its id and how long it took the client to know that it is COMPLETED */
type RunJob = (fileId: string) => Promise<{ readonly id: string; readonly tookMs: number }>;

interface Sample {
  readonly way: Way;
  /** Whether the pages of its content were read before. */
  readonly isKnown: boolean;
  readonly tookMs: number;
  readonly readMs: number;
  readonly scoreMs: number;
}

/** How long does a 3-page PDF take from create to COMPLETED when nothing else is to be done? */
export async function measureTurnaround({ turnarounds }: Effort): Promise<Section> {
  const rules = await fixtureRuleList();
  const documents = await copiesOf(join(fixtureFolder, THREE_PAGES), 2 * turnarounds, WARM_UP_COPIES);
  await using server = await startServer(CONCURRENCY);
  using client = new ApiClient(server.url);
  await classifyAll(client, await uploadAll(client, await copiesOfFixtures(WARM_UP_COPIES)), rules);
  const fileIds = await uploadAll(client, documents);
  const ways = { wait: byWaiting(client, rules), poll: byPolling(client, rules) };
  const samples: Sample[] = [];
  for (let index = 0; index < turnarounds; index++) {
    const pair = { wait: fileIds[2 * index] ?? '', poll: fileIds[2 * index + 1] ?? '' };
    for (const isKnown of [false, true]) {
      for (const way of index % 2 === 0 ? (['wait', 'poll'] as const) : (['poll', 'wait'] as const)) {
        const { id, tookMs } = await ways[way](pair[way]);
        samples.push({ way, isKnown, tookMs, ...engineTimes(await client.explainJob(id), isKnown) });
      }
    }
    if ((index + 1) % PROGRESS_EVERY === 0) showProgress(`turnaround: ${index + 1} of ${turnarounds}`);
  }
  return report(samples, turnarounds);
}

function byWaiting(client: ApiClient, rules: readonly Rule[]): RunJob {
  return async (fileId) => {
    const started = performance.now();
    const { id, status } = await client.createJob(fileId, rules, MOST_WAIT_SECONDS);
    const tookMs = performance.now() - started;
    if (status !== 'COMPLETED') throw new Error(`a job that was waited for is ${status}`);
    return { id, tookMs };
  };
}

function byPolling(client: ApiClient, rules: readonly Rule[]): RunJob {
  return async (fileId) => {
    const started = performance.now();
    let job = await client.createJob(fileId, rules);
    while (job.status === 'PENDING' || job.status === 'RUNNING') {
      await delay(POLL_INTERVAL_MS);
      job = await client.getJob(job.id);
    }
    const tookMs = performance.now() - started;
    if (job.status !== 'COMPLETED') throw new Error(`a job is ${job.status}: ${job.error_message}`);
    return { id: job.id, tookMs };
  };
}

/** @throws Error when the pages were known and should not have been, or the other way round */
function engineTimes({ timings, is_recalled }: WireExplanation, isKnown: boolean) {
  if (is_recalled !== isKnown) throw new Error(`pages were ${is_recalled ? '' : 'not '}taken from an earlier reading`);
  return { readMs: timings.read_ms, scoreMs: timings.score_ms };
}

function report(samples: readonly Sample[], turnarounds: number): Section {
  const row = (name: string, way: Way, isKnown: boolean) => {
    const chosen = samples.filter((sample) => sample.way === way && sample.isKnown === isKnown);
    const figure = (key: 'tookMs' | 'readMs' | 'scoreMs', share: number) => {
      return ms(
        percentile(
          chosen.map((sample) => sample[key]),
          share,
        ),
      );
    };
    return [name, figure('tookMs', 0.5), figure('tookMs', 0.95), figure('readMs', 0.5), figure('scoreMs', 0.5)];
  };
  return {
    title: 'From create to COMPLETED',
    lines: [
      `A 3-page PDF (\`${THREE_PAGES}\`), one job at a time on an idle, warm server, ${turnarounds} jobs a row, the rows in turn; uploaded`,
      `before. *wait*: until the create with \`Prefer: wait\` is answered. *poll*: until a GET, one every ${POLL_INTERVAL_MS} ms, says COMPLETED.`,
      'The file is new in its content, or it was classified before and its pages are known. The last two columns are',
      'medians of what the engine process took for the same jobs.',
      '',
      ...table(
        ['', 'p50', 'p95', 'reading', 'scoring'],
        [
          row('wait, new content', 'wait', false),
          row('poll, new content', 'poll', false),
          row('wait, pages known', 'wait', true),
          row('poll, pages known', 'poll', true),
        ],
      ),
    ],
    targets: [],
  };
}
