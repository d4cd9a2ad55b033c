import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Store } from '../index.js';
import type { JobChange } from '../ports/job-changes.js';
import { claimed, createJob, makeCompletion, makeJob, PROJECT, WORKER } from './samples.js';
import type { OpenStoreUnderTest } from './store-under-test.js';

/** What every JobChanges must do. */
export function describeJobChanges(open: OpenStoreUnderTest): void {
  describe('JobChanges', () => {
    it('tells of a job that is made, taken up and completed', async () => {
      const { store } = await open();
      const told = listen(store);
      const { id } = await createJob(store);
      await told.has({ kind: 'changed', jobId: id });
      await claimed(store);
      await told.has({ kind: 'changed', jobId: id });
      await store.jobs.complete({ id, owner: WORKER.owner }, makeCompletion());
      await told.has({ kind: 'changed', jobId: id });
    });

    it('tells of failures, cancellations, what is given back, and deletions with their project', async () => {
      const { store } = await open();
      const told = listen(store);
      const { id } = await createJob(store);
      await claimed(store);
      await store.jobs.release({ id, owner: WORKER.owner });
      await told.has({ kind: 'changed', jobId: id });
      await claimed(store);
      await told.has({ kind: 'changed', jobId: id });
      await store.jobs.fail({ id, owner: WORKER.owner }, 'document.corrupt: it is');
      await told.has({ kind: 'changed', jobId: id });
      await store.jobs.delete(id);
      await told.has({ kind: 'deleted', jobId: id, projectId: PROJECT });
      const other = await createJob(store);
      await told.has({ kind: 'changed', jobId: other.id });
      await store.jobs.cancel(other.id);
      await told.has({ kind: 'changed', jobId: other.id });
    });

    it('tells of jobs that are swept away, and nothing of what changes nothing', async () => {
      const { store, advance } = await open();
      const told = listen(store);
      const { id } = await createJob(store, { transactionId: 't' });
      await told.has({ kind: 'changed', jobId: id });
      await store.jobs.cancel(id);
      await told.has({ kind: 'changed', jobId: id });
      advance(10_000);
      await store.jobs.create(makeJob({ transactionId: 't' }), { maxPending: 10 });
      await store.jobs.cancel(id);
      await store.jobs.delete('clj-unknown');
      await store.jobs.complete({ id, owner: 'nobody' }, makeCompletion());
      expect(await store.jobs.deleteEndedBefore(store.clock.now(), 10)).toBe(1);
      expect(await told.has({ kind: 'untold' })).toEqual([{ kind: 'untold' }]);
    });

    it('stops telling who listens no more', async () => {
      const { store } = await open();
      const stopped: JobChange[] = [];
      store.changes.subscribe((change) => stopped.push(change))();
      const told = listen(store);
      const { id } = await createJob(store);
      await told.has({ kind: 'changed', jobId: id });
      expect(stopped).toEqual([]);
    });
  });
}

function listen(store: Store) {
  const changes: JobChange[] = [];
  onTestFinished(store.changes.subscribe((change) => changes.push(change)));
  /** Waits until something is told. @returns All that was told since the last time */
  const has = (change: JobChange) =>
    vi.waitFor(() => {
      expect(changes).toContainEqual(change);
      return changes.splice(0);
    });
  return { has };
}
