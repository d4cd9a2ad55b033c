import { JOB_STATUSES, type Job, type JobResult } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { USER_ID } from '../classification/scope.js';
import { configurationSchema, serialiseConfiguration } from './classify-configuration.js';
import { momentSchema, orNull, pageSchema } from './listing.js';

const resultSchema = z
  .strictObject({
    type: z.string().nullable().describe('The type of the rule that matched; null when none did.'),
    confidence: z
      .number()
      .min(0)
      .max(1)
      .describe(
        'Calibrated. For `type: null` that of the best rejected rule: a high number always means sure of a label.',
      ),
    reasoning: z.string().describe('Why, quoting the page.'),
  })
  .openapi('ClassifyResult');

/** A classify job, as it is answered. */
export const jobSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'clj-7d0e2a54-1f0a-4c58-8a3e-3b1b7a0f3c21' }),
    created_at: momentSchema,
    updated_at: momentSchema,
    file_input: z.string().describe('The input, as it was given.'),
    project_id: z.string(),
    user_id: z.string(),
    status: z.enum(JOB_STATUSES),
    document_input_type: z.enum(['file_id', 'parse_job_id', 'url']),
    configuration: configurationSchema,
    result: orNull(resultSchema).describe('Only when COMPLETED.'),
    error_message: z.string().nullable().describe('Only when FAILED.'),
    configuration_id: z.string().nullable(),
    transaction_id: z.string().nullable(),
    parse_job_id: z.string().nullable().describe('The reading behind the answer: give it as `file_input` to reuse it.'),
  })
  .openapi('ClassifyJob');

/** A list of classify jobs, as it is answered. */
export const jobPageSchema = pageSchema('ClassifyJobPage', jobSchema);

/** What is left of a job that was deleted. */
export const deletedJobSchema = z
  .strictObject({ id: z.string(), project_id: z.string() })
  .openapi('DeletedClassifyJob');

/** Writes a job for the wire. */
export function serialiseJob(job: Job): z.input<typeof jobSchema> {
  return {
    id: job.id,
    created_at: job.createdAt,
    updated_at: job.updatedAt,
    file_input: job.input,
    project_id: job.projectId,
    user_id: USER_ID,
    status: job.status,
    document_input_type: job.inputType,
    configuration: serialiseConfiguration(job.configuration),
    result: job.result && serialiseResult(job.result),
    error_message: job.errorMessage,
    configuration_id: job.configurationId,
    transaction_id: job.transactionId,
    parse_job_id: job.parseJobId,
  };
}

function serialiseResult({ type, confidence, reasoning }: JobResult): z.input<typeof resultSchema> {
  return { type, confidence, reasoning };
}
