import type { DocumentInputType, Job, JobResult, JobStatus } from '../ports/job-store.js';
import { parseJobConfiguration } from './parsed-configurations.js';

/** A job as a database holds it: {@link COMMON_JOB_COLUMNS}, and its configuration, which each database keeps in its own way. */
export interface JobRow {
  readonly id: string;
  readonly project_id: string;
  readonly status: JobStatus;
  readonly input_type: DocumentInputType;
  readonly input: string;
  readonly source_id: string;
  readonly configuration_id: string | null;
  readonly transaction_id: string | null;
  readonly parse_job_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly result_type: string | null;
  readonly result_confidence: number | null;
  readonly result_reasoning: string | null;
  readonly error_message: string | null;
  readonly webhooks: string | null;
  readonly configuration: string;
  /** In PostgreSQL alone. */
  readonly expected_engine?: string | null;
}

/** The columns of {@link JobRow} but for `configuration`. */
export const COMMON_JOB_COLUMNS = `id, project_id, status, input_type, input, source_id, configuration_id, transaction_id,
  parse_job_id, created_at, updated_at, result_type, result_confidence, result_reasoning, error_message, webhooks`;

/** The job of a row. */
export function toJob(row: JobRow): Job {
  return {
    id: row.id,
    projectId: row.project_id,
    status: row.status,
    inputType: row.input_type,
    input: row.input,
    sourceId: row.source_id,
    configuration: parseJobConfiguration(row.configuration),
    configurationId: row.configuration_id,
    transactionId: row.transaction_id,
    parseJobId: row.parse_job_id,
    webhooks: row.webhooks === null ? null : JSON.parse(row.webhooks),
    result: toResult(row),
    errorMessage: row.error_message,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    ...(row.expected_engine ? { expectedEngine: row.expected_engine } : {}),
  };
}

function toResult(row: JobRow): JobResult | null {
  if (row.result_confidence === null || row.result_reasoning === null) return null;
  return { type: row.result_type, confidence: row.result_confidence, reasoning: row.result_reasoning };
}
