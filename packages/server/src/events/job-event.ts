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

/** Looks up what became of jobs, in the order of the changes; those that are gone meanwhile are left out. */
export async function readJobEvents(
  store: Pick<Store, 'jobs' | 'files'>,
  changes: readonly ToldChange[],
): Promise<readonly JobEvent[]> {
  const events = await Promise.all(
    changes.map(async (change): Promise<readonly JobEvent[]> => {
      const { kind, jobId } = change;
      if (kind === 'deleted') return [{ name: 'job_deleted', projectId: change.projectId, data: { id: jobId } }];
      const job = await store.jobs.get(jobId);
      return job ? [{ name: 'job', projectId: job.projectId, data: await describe(job, store) }] : [];
    }),
  );
  return events.flat();
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
