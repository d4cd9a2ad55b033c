import { DOCUMENT_FORMATS, type DocumentHead, isImageFormat, type Page } from '@docket/core';
import { z } from '@hono/zod-openapi';
import { pageRangeFields } from './page-ranges.js';
import { scopeQuerySchema } from './scope.js';

/** Which pages of a file are wanted. */
export const filePagesQuerySchema = scopeQuerySchema.extend({
  target_pages: pageRangeFields.target_pages.unwrap().unwrap().optional(),
});

const filePageSchema = z
  .strictObject({
    page: z.int().min(1),
    read: z
      .enum(['text', 'ocr', 'none'])
      .nullable()
      .describe('How its text was obtained; `none`: it was read and has none; null: it was not read.'),
    text: z.string().nullable().describe('What the offsets of evidence lead into.'),
    width: z.number().nullable().describe('Points, as the page is shown; null in formats without pages.'),
    height: z.number().nullable(),
    ocr_confidence: z.number().min(0).max(100).nullable(),
  })
  .openapi('ReadPage');

/** What was read of a file, as it is answered. */
export const filePagesSchema = z
  .strictObject({
    file_id: z.string(),
    format: z.enum(DOCUMENT_FORMATS).nullable().describe('Null: nothing was read of it yet.'),
    kind: z.enum(['pdf', 'image', 'text']).nullable(),
    title: z.string().nullable().describe('From the metadata; page 0 of evidence.'),
    page_count: z.int().min(1).nullable().describe('Of the whole document.'),
    pages: z.array(filePageSchema),
  })
  .openapi('FilePages');

/** What was read of a file. */
export interface FilePages {
  readonly fileId: string;
  readonly head: DocumentHead | undefined;
  readonly pages: readonly { readonly number: number; readonly page: Page | undefined }[];
}

/** Writes what was read of a file for the wire. */
export function serialiseFilePages({ fileId, head, pages }: FilePages): z.input<typeof filePagesSchema> {
  return {
    file_id: fileId,
    format: head?.format ?? null,
    kind: head ? kindOf(head.format) : null,
    title: head?.title ?? null,
    page_count: head?.pageCount ?? null,
    pages: pages.map(({ number, page }) => ({
      page: number,
      read: page?.method ?? null,
      text: page?.text ?? null,
      width: page?.size?.width ?? null,
      height: page?.size?.height ?? null,
      ocr_confidence: page?.method === 'ocr' ? (page.ocr?.confidence ?? null) : null,
    })),
  };
}

function kindOf(format: DocumentHead['format']): 'pdf' | 'image' | 'text' {
  if (format === 'pdf') return 'pdf';
  return isImageFormat(format) ? 'image' : 'text';
}
