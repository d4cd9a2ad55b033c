import {
  createFile,
  makeCompletion,
  makeJob,
  makeParse,
  OUTCOME,
  WORKER,
} from '../../packages/store/src/testing/samples.js';
import { median } from '../speed/median-of.js';
import { ms, type Section, table } from '../speed/report.js';
import { openBenchStore, type StoreName } from './both-stores.js';
import type { Effort } from './effort.js';

/** Bytes of the page that each job keeps: a page of text. */
const PAGE_BYTES = 3_000;

type Steps = Readonly<Record<'create' | 'claim' | 'complete' | 'get', number[]>>;

/** What does the queue cost for each job, one after the other? */
export async function measureSteps({ steps }: Effort): Promise<Section> {
  const sqlite = await timeSteps('SQLite', steps);
  const postgres = await timeSteps('PostgreSQL', steps);
  const names = Object.keys(postgres) as (keyof Steps)[];
  const sum = (times: Steps) => names.reduce((total, name) => total + (name === 'get' ? 0 : median(times[name])), 0);
  return {
    title: 'What a job costs beside its document',
    lines: [
      `Medians of ${steps}, one after the other on an idle machine: the job is created, claimed, and completed with a page of ${PAGE_BYTES} bytes, its`,
      'parse job and its explanation; the row and the entry of the queue in one transaction. A create waits for the disk in both',
      'stores; in PostgreSQL a completion does too, so that an answer that was seen is never taken back.',
      '',
      ...table(
        ['step', 'SQLite', 'PostgreSQL'],
        [
          ...names.map((name) => [name, ms(median(sqlite[name])), ms(median(postgres[name]))]),
          ['**create, claim, complete**', ms(sum(sqlite)), ms(sum(postgres))],
        ],
      ),
    ],
    targets: [],
  };
}

async function timeSteps(name: StoreName, count: number): Promise<Steps> {
  await using bench = await openBenchStore(name);
  const { jobs } = bench.store;
  const times: Steps = { create: [], claim: [], complete: [], get: [] };
  const timed = async <Result>(step: keyof Steps, act: () => Promise<Result>): Promise<Result> => {
    const started = performance.now();
    const result = await act();
    times[step].push(performance.now() - started);
    return result;
  };
  for (let number = 0; number < count; number++) {
    const file = await createFile(bench.store, `document ${number}`);
    const { contentHash } = file;
    const head = { format: 'txt' as const, pageCount: 1, readerIdentity: OUTCOME.readerIdentity };
    const read = { head, pages: [{ number: 1, data: Buffer.alloc(PAGE_BYTES, 'text ') }] };
    const kept = { key: { contentHash, extension: '.txt' }, read };
    const reading = { kept, parse: { job: makeParse(file), outcome: OUTCOME } };
    await timed('create', () => jobs.create(makeJob({ sourceId: file.id }), { maxPending: 100_000 }));
    const job = await timed('claim', () => jobs.claim(WORKER));
    if (!job) throw new Error('there was nothing to claim');
    const lease = { id: job.id, owner: WORKER.owner };
    await timed('complete', () => jobs.complete(lease, makeCompletion({ contentHash, reading })));
    await timed('get', () => jobs.get(job.id));
  }
  return times;
}
