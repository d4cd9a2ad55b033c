import { type Job, JobChangeFeed, type Store } from '@docket/store';
import { pino } from 'pino';
import { expect, it, vi } from 'vitest';
import { JobEvents } from './job-events.js';

it('tells nothing after a reset that was looked up before it', async () => {
  const changes = new JobChangeFeed();
  const held: ((job: Job | undefined) => void)[] = [];
  const jobs = { get: () => new Promise<Job | undefined>((resolve) => held.push(resolve)) };
  const store = { changes, jobs, files: {} } as unknown as Pick<Store, 'changes' | 'jobs' | 'files'>;
  const events = new JobEvents({ store, logger: pino({ level: 'silent' }) });
  const stream = events.open({ projectId: 'p', breakOff: () => {} });
  changes.tell({ kind: 'changed', jobId: 'clj-1', projectId: 'p' });
  await vi.waitFor(() => expect(held).toHaveLength(1));
  changes.tell({ kind: 'untold' });
  held[0]?.({ id: 'clj-1', projectId: 'p', inputType: 'url', status: 'PENDING' } as Job);
  changes.tell({ kind: 'deleted', jobId: 'last', projectId: 'p' });
  let text = '';
  for await (const chunk of stream.body) {
    text += Buffer.from(chunk).toString();
    if (text.includes('last')) break;
  }
  expect(text.match(/(?<=^event: ).*$/gm)).toEqual(['ready', 'reset', 'job_deleted']);
  events.close();
});
