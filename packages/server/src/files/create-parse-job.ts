import type { ParseJob, StoredFile } from '@docket/store';
import { assertFreeSpace } from '../classification/capacity.js';
import { urlsAreDisabled } from '../classification/create-classify-job.js';
import { found } from '../classification/scope.js';
import { invalidBody } from '../http/errors.js';
import { valueErrorEntry } from '../http/validation-entry.js';
import { type CreateParseBody, type ParseConfigurationBody, parsePageRanges } from '../schemas/parse-job.js';
import type { Services } from '../services.js';
import { keepUpload, receiveUpload, type UploadRequest } from './create-file.js';
import { fileIdOf } from './file-id.js';
import { checkForm, parseFormSchema, parseJsonPart } from './upload-form.js';

/** A create whose fields are valid, each by itself. */
export interface CreateParseRequest {
  readonly projectId: string;
  readonly body: CreateParseBody;
}

/**
 * Accepts a parse job for a file.
 * @throws DocketError `request.*`, `resource.not_found`, `capacity.disk_full`
 */
export async function createParseJob(services: Services, { projectId, body }: CreateParseRequest): Promise<ParseJob> {
  const { file_id: fileId, source_url: sourceUrl } = body;
  if (!fileId === !sourceUrl) {
    throw invalidBody([valueErrorEntry(['body'], 'exactly one of file_id and source_url is required', body)]);
  }
  if (!fileId) throw urlsAreDisabled();
  const file = found(await services.store.files.get(fileIdOf(fileId), projectId), 'File');
  await assertFreeSpace(services);
  return acceptParse(services, file, body);
}

/**
 * Receives a form, makes a file of it and accepts a parse job for that.
 * @throws DocketError `request.*`, `capacity.disk_full`
 */
export async function createParseJobFromUpload(services: Services, request: UploadRequest): Promise<ParseJob> {
  await using form = await receiveUpload(services, request.incoming);
  const { configuration } = checkForm(parseFormSchema, {
    file: form.file?.name,
    configuration: parseJsonPart('configuration', form.fields.get('configuration')),
  });
  const about = { projectId: request.projectId, purpose: 'parse', externalFileId: null };
  return acceptParse(services, await keepUpload(services, form, about), configuration);
}

async function acceptParse(
  { store, runner }: Services,
  file: StoredFile,
  configuration: ParseConfigurationBody,
): Promise<ParseJob> {
  const { projectId, id: fileId, name, contentHash } = file;
  const { tier } = configuration;
  const parsing = parsePageRanges(configuration);
  const parse = await store.parses.create({ projectId, fileId, name, contentHash, tier, parsing });
  runner.wake();
  return parse;
}
