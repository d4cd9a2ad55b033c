import type { ClaimedDelivery, Job, JobEvent, JobStatus, WebhookFormat } from '@docket/store';
import { serialiseJob } from '../schemas/job.js';

const STATUS_AT: Readonly<Record<JobEvent, JobStatus>> = {
  'classify.pending': 'PENDING',
  'classify.running': 'RUNNING',
  'classify.success': 'COMPLETED',
  'classify.error': 'FAILED',
  'classify.cancelled': 'CANCELLED',
};

/**
 * The body of a delivery: the envelope that LlamaCloud documents, around the job as a GET would have answered it at the event.
 * Every attempt has the same, unless something of the job was deleted meanwhile.
 * @param format `json`: an object; `string`: a JSON string of the object's JSON
 */
export function writeDeliveryBody(delivery: ClaimedDelivery, format: WebhookFormat): Buffer {
  const { id, event, occurredAt, job } = delivery;
  const payload = {
    event_id: id,
    event_type: event,
    timestamp: Date.parse(occurredAt) / 1000,
    data: { job_id: job.id, ...serialiseJob(jobAt(job, event, occurredAt)) },
  };
  const json = JSON.stringify(payload);
  return Buffer.from(format === 'json' ? json : JSON.stringify(json));
}

function jobAt(job: Job, event: JobEvent, occurredAt: string): Job {
  const status = STATUS_AT[event];
  const isCompleted = status === 'COMPLETED';
  const isParseJob = job.inputType === 'parse_job_id';
  return {
    ...job,
    status,
    updatedAt: occurredAt,
    result: isCompleted ? job.result : null,
    errorMessage: status === 'FAILED' ? job.errorMessage : null,
    parseJobId: isCompleted || isParseJob ? job.parseJobId : null,
  };
}
