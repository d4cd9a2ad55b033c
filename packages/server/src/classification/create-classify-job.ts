import { DocketError } from '@docket/core';
import type { ClassifyConfiguration, Job, NewJob, ParseJob } from '@docket/store';
import { fileIdOf } from '../files/file-id.js';
import { invalidBody } from '../http/errors.js';
import { valueErrorEntry } from '../http/validation-entry.js';
import { parseConfiguration } from '../schemas/classify-configuration.js';
import type { CreateJobBody } from '../schemas/classify-request.js';
import { parseSavedConfiguration } from '../schemas/saved-configuration.js';
import type { Services } from '../services.js';
import { assertFreeSpace, tooManyJobs } from './capacity.js';
import { readWebhooks } from './read-webhooks.js';
import { found } from './scope.js';

/** A create whose fields are valid, each by itself. */
export interface CreateJobRequest {
  readonly projectId: string;
  readonly body: CreateJobBody;
  /** Whether the answer is waited for. */
  readonly isAwaited: boolean;
}

/**
 * Accepts a classify job, or finds the one that has its transaction id. The order of the checks is part of the contract.
 * @throws DocketError `request.invalid_body`, `request.invalid_input`, `resource.not_found`, `capacity.*`
 */
export async function createClassifyJob(services: Services, request: CreateJobRequest): Promise<Job> {
  const { projectId, body, isAwaited } = request;
  const { store, runner, settings } = services;
  const transactionId = body.transaction_id || null;
  const existing = transactionId === null ? undefined : await store.jobs.findByTransaction(projectId, transactionId);
  if (existing) return existing;
  const input = readInput(body);
  const configuration = await findConfiguration(services, { projectId, body });
  const parseJobId = await checkSource(services, { projectId, input });
  await assertFreeSpace(services);
  const { configuration_id: configurationId } = body;
  const job: NewJob = {
    ...input,
    projectId,
    configuration,
    configurationId: configurationId || null,
    transactionId,
    parseJobId,
    webhooks: await readWebhooks(services, { projectId, body }),
  };
  const { maxPendingJobs: maxPending } = settings;
  const creation = await store.jobs.create(job, { maxPending, isAwaited, expectedEngine: runner.engine });
  if (creation.outcome === 'full') throw tooManyJobs(creation.pending, services);
  if (creation.outcome !== 'created') return creation.job;
  runner.wake();
  if (creation.job.webhooks) services.webhooks?.wake();
  return creation.job;
}

type JobInput = Pick<NewJob, 'input' | 'inputType' | 'sourceId'>;

function readInput(body: CreateJobBody): JobInput {
  const input = body.file_input || body.file_id || body.parse_job_id;
  if (!input)
    throw invalidBody([valueErrorEntry(['body'], 'file_input is required: a file id or a parse job id', body)]);
  const isParseJob = input.startsWith('pjb-') || !(body.file_input || body.file_id);
  if (isParseJob) return { input, inputType: 'parse_job_id', sourceId: input };
  if (/^https?:\/\//i.test(input)) return { input, inputType: 'url', sourceId: input };
  return { input, inputType: 'file_id', sourceId: fileIdOf(input) };
}

async function findConfiguration(
  { store }: Services,
  { projectId, body }: Pick<CreateJobRequest, 'projectId' | 'body'>,
): Promise<ClassifyConfiguration> {
  const { configuration, configuration_id: id } = body;
  if (configuration) return parseConfiguration(configuration);
  if (!id) {
    const problem = 'either configuration or configuration_id is required';
    throw invalidBody([valueErrorEntry(['body'], problem, body)]);
  }
  const saved = found(await store.configurations.get(id, projectId), 'Configuration');
  if (saved.productType === 'classify_v2') return parseSavedConfiguration(saved);
  const message = `Configuration ${id} is of product type ${saved.productType}; classification needs classify_v2`;
  throw new DocketError('request.invalid_input', message);
}

/** @returns The parse job to read from, if the input is one */
async function checkSource(
  { store }: Services,
  { projectId, input }: { readonly projectId: string; readonly input: JobInput },
): Promise<string | null> {
  const { inputType, sourceId } = input;
  if (inputType === 'url') throw urlsAreDisabled();
  if (inputType === 'file_id') {
    found(await store.files.get(sourceId, projectId), 'File');
    return null;
  }
  assertReadable(found(await store.parses.get(sourceId, projectId), 'Parse job'));
  return sourceId;
}

function assertReadable({ id, status, contentHash }: ParseJob): void {
  if (status === 'FAILED' || status === 'CANCELLED') {
    throw new DocketError('request.invalid_input', `Parse job ${id} is ${status}: there is no text to classify`);
  }
  if (contentHash === null) {
    const message = `The document of parse job ${id} was deleted, and its text with it; upload the document again`;
    throw new DocketError('request.invalid_input', message);
  }
}

/** What any URL that should be fetched is answered. */
export function urlsAreDisabled(): DocketError {
  return new DocketError('request.invalid_input', 'URL inputs are disabled on this offline server');
}
