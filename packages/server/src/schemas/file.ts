import type { StoredFile } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { fileTypeOf } from '../files/file-name.js';
import { momentSchema, orNull, pageSchema } from './listing.js';

/** Where the bytes of a file are to be had for a while, as it is answered. */
export const presignedUrlSchema = z
  .strictObject({
    url: z.url().describe('Absolute; works without an API key until it expires.'),
    expires_at: momentSchema,
    form_fields: z.record(z.string(), z.string()).nullable(),
  })
  .openapi('PresignedUrl');

/** Where the bytes of a file are to be had for a while. */
export type PresignedUrl = z.input<typeof presignedUrlSchema>;

/** A file, as it is answered. */
export const fileSchema = z
  .strictObject({
    id: z.string().openapi({ example: 'dfl-2f1c0c7e-5b1f-4c39-9a55-0d2c1f1f7a10' }),
    name: z.string().min(1).max(3000),
    project_id: z.string(),
    external_file_id: z.string().nullable(),
    file_type: z.string().nullable().describe('Extension of the name, without its dot.'),
    last_modified_at: momentSchema.nullable(),
    expires_at: momentSchema.nullable().describe('When it will be deleted; null: never.'),
    purpose: z.string().nullable(),
    download_url: orNull(presignedUrlSchema).describe('Only with `expand=download_url`.'),
  })
  .openapi('File');

/** A list of files, as it is answered. */
export const filePageSchema = pageSchema('FilePage', fileSchema);

/** Writes a file for the wire. */
export function serialiseFile(file: StoredFile, downloadUrl: PresignedUrl | null = null): z.input<typeof fileSchema> {
  return {
    id: file.id,
    name: file.name,
    project_id: file.projectId,
    external_file_id: file.externalFileId,
    file_type: fileTypeOf(file.name),
    last_modified_at: file.createdAt,
    expires_at: file.expiresAt,
    purpose: file.purpose,
    download_url: downloadUrl,
  };
}
