import type { Job, JobChange, Store } from '@docket/store';
import type { z } from '@hono/zod-openapi';
import type { jobEventSchema } from '../schemas/job-event.js';

/** Something that happened, as it is sent. */
export interface JobEvent {
  readonly name: 'job' | 'job_deleted' | 'reset';
  /** Whose readers are told; undefined: all. */
  readonly projectId: string | undefined;
  readonly data: z.input<typeof jobEventSchema> | { readonly id: string } | Readonly<Record<string, never>>;
}

/** A change that is about one job. */
export type ToldChange = Exclude<JobChange, { readonly kind: 'untold' }>;

/** Jobs that are looked up at once: a database has more to do, and few connections for it. */
const MOST_AT_ONCE = 4;

/** Looks up what became of jobs, in the order of the changes; those that are gone meanwhile are left out. */
export async function* readJobEvents(
  store: Pick<Store, 'jobs' | 'files'>,
  changes: readonly ToldChange[],
): AsyncGenerator<JobEvent> {
  for (let start = 0; start < changes.length; start += MOST_AT_ONCE) {
    const part = changes.slice(start, start + MOST_AT_ONCE);
    const events = await Promise.all(part.map((change) => readJobEvent(store, change)));
    for (const event of events) if (event) yield event;
  }
}

async function readJobEvent(store: Pick<Store, 'jobs' | 'files'>, change: ToldChange): Promise<JobEvent | undefined> {
  const { kind, jobId } = change;
  if (kind === 'deleted') return { name: 'job_deleted', projectId: change.projectId, data: { id: jobId } };
  const job = await store.jobs.get(jobId);
  return job && { name: 'job', projectId: job.projectId, data: await describe(job, store) };
}

async function describe(job: Job, { files }: Pick<Store, 'files'>): Promise<z.input<typeof jobEventSchema>> {
  const { result, inputType } = job;
  const file = inputType === 'file_id' ? await files.get(job.sourceId) : undefined;
  return {
    id: job.id,
    status: job.status,
    type: result?.type ?? null,
    confidence: result?.confidence ?? null,
    error_message: job.errorMessage,
    file_id: inputType === 'file_id' ? job.sourceId : null,
    file_name: file?.name ?? null,
    configuration_id: job.configurationId,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
  };
}
