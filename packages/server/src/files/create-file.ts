import type { IncomingMessage } from 'node:http';
import { DocketError } from '@docket/core';
import { type NewFile, type StoredFile, toInstant } from '@docket/store';
import { assertFreeSpace } from '../classification/capacity.js';
import type { Services } from '../services.js';
import { type ReceivedForm, receiveForm } from './receive-form.js';
import { checkForm, fileFormSchema } from './upload-form.js';

/** A form on its way in. */
export interface UploadRequest {
  readonly incoming: IncomingMessage;
  readonly projectId: string;
  /** How long it is kept; absent: as long as any. */
  readonly lifetimeMs?: number;
}

/**
 * Receives a form and makes a file of it.
 * @throws DocketError `request.*`, `capacity.disk_full`
 */
export async function createFile(
  services: Services,
  { incoming, projectId, ...keeping }: UploadRequest,
): Promise<StoredFile> {
  await using form = await receiveUpload(services, incoming);
  const { purpose, external_file_id: externalFileId } = checkForm(fileFormSchema, {
    file: form.file?.name,
    purpose: form.fields.get('purpose') || undefined,
    external_file_id: form.fields.get('external_file_id') || undefined,
  });
  return await keepUpload(services, form, {
    projectId,
    purpose,
    externalFileId: externalFileId ?? null,
    ...keeping,
  });
}

/** Receives a form while there is room for it. */
export async function receiveUpload(services: Services, incoming: IncomingMessage): Promise<ReceivedForm> {
  await assertFreeSpace(services);
  const { store, settings } = services;
  return receiveForm({ incoming, files: store.files, maxBytes: settings.maxUploadBytes });
}

/** What is known of an upload beside its bytes. */
export interface KeptUpload
  extends Pick<NewFile, 'projectId' | 'purpose' | 'externalFileId'>,
    Pick<UploadRequest, 'lifetimeMs'> {}

/**
 * Makes a file of what a form brought.
 * @throws DocketError `request.invalid_input` for an empty file
 */
export async function keepUpload(
  { store, settings }: Services,
  { file }: ReceivedForm,
  { lifetimeMs = Number.POSITIVE_INFINITY, ...about }: KeptUpload,
): Promise<StoredFile> {
  if (!file || file.content.size === 0) throw new DocketError('request.invalid_input', 'The file is empty');
  const keptMs = Math.min(settings.fileRetentionMs ?? Number.POSITIVE_INFINITY, lifetimeMs);
  const expiresAt = keptMs === Number.POSITIVE_INFINITY ? null : toInstant(Date.parse(store.clock.now()) + keptMs);
  return store.files.create({ ...about, name: file.name, expiresAt }, file.content);
}
