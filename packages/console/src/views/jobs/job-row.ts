import type { Job, JobEvent, JobStatus } from '../../api/types.js';

/** What the list shows of a job. */
export interface JobRow {
  readonly id: string;
  readonly status: JobStatus;
  readonly type: string | null;
  readonly confidence: number | null;
  readonly errorMessage: string | null;
  readonly fileId: string | null;
  /** Null until it is known, and when the file was deleted. */
  readonly fileName: string | null;
  readonly configurationId: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
}

const ENDED: ReadonlySet<JobStatus> = new Set(['COMPLETED', 'FAILED', 'CANCELLED']);

/** Whether nothing happens to a job any more. */
export function hasEnded({ status }: Pick<JobRow, 'status'>): boolean {
  return ENDED.has(status);
}

/** What a job is called: its document, or its id. */
export function nameOfJob({ id, fileName }: Pick<JobRow, 'id' | 'fileName'>): string {
  return fileName ?? id;
}

/** A row of a job, as the API lists it. */
export function rowOfJob(job: Job): JobRow {
  return {
    id: job.id,
    status: job.status,
    type: job.result?.type ?? null,
    confidence: job.result?.confidence ?? null,
    errorMessage: job.error_message,
    fileId: job.document_input_type === 'file_id' ? job.file_input : null,
    fileName: null,
    configurationId: job.configuration_id,
    createdAt: job.created_at,
    updatedAt: job.updated_at,
  };
}

/** A row of what an event says. */
export function rowOfEvent(event: JobEvent): JobRow {
  return {
    id: event.id,
    status: event.status,
    type: event.type,
    confidence: event.confidence,
    errorMessage: event.error_message,
    fileId: event.file_id,
    fileName: event.file_name,
    configurationId: event.configuration_id,
    createdAt: event.created_at,
    updatedAt: event.updated_at,
  };
}
