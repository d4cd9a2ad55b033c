import type { ParseJob } from '@docket/store';
import { z } from '@hono/zod-openapi';
import { list, text } from '../http/fields.js';
import { parseJobSchema, serialiseParseJob } from './parse-job.js';
import { scopeQuerySchema } from './scope.js';

/** Which parts of what was read are wanted. */
export const getParseQuerySchema = scopeQuerySchema.extend({
  expand: list(text())
    .optional()
    .describe('`text`, `markdown`, `text_full`, `markdown_full`, `metadata`, `job_metadata`, `usage`.'),
});

const pageNumber = z.int().min(1);

const metadataPageSchema = z.strictObject({
  page_number: pageNumber,
  confidence: z.null(),
  cost_optimized: z.null(),
  original_orientation_angle: z.null(),
  printed_page_number: z.null(),
  slide_section_name: z.null(),
  speaker_notes: z.null(),
  triggered_auto_mode: z.null(),
});

/** A parse job and what it read, as it is answered. What was not asked for, or is not there, is null. */
export const parseResultSchema = z
  .strictObject({
    job: parseJobSchema,
    text: z.strictObject({ pages: z.array(z.strictObject({ page_number: pageNumber, text: z.string() })) }).nullable(),
    text_full: z.string().nullable(),
    markdown: z
      .strictObject({
        pages: z.array(z.strictObject({ page_number: pageNumber, markdown: z.string(), success: z.literal(true) })),
      })
      .nullable(),
    markdown_full: z.string().nullable(),
    metadata: z.strictObject({ pages: z.array(metadataPageSchema), document: z.null() }).nullable(),
    job_metadata: z
      .strictObject({ page_count: z.int().min(0), pages_read: z.array(pageNumber), reader: z.string() })
      .nullable(),
    items: z.null(),
    forms: z.null(),
    raw_parameters: z.null(),
    images_content_metadata: z.null(),
    result_content_metadata: z.null(),
  })
  .openapi('ParseResult');

/** A page as text. */
export interface PageText {
  /** 1-based. */
  readonly number: number;
  readonly text: string;
}

/** A parse job on its way out. */
export interface ParseAnswer {
  readonly parse: ParseJob;
  /** Undefined when there is no text, or none was asked for. */
  readonly pages: readonly PageText[] | undefined;
  readonly expand: ReadonlySet<string>;
}

/** Parts of an answer that need the text of the pages. */
export const TEXT_PARTS: readonly string[] = ['text', 'text_full', 'markdown', 'markdown_full'];

/** Writes a parse job and what it read for the wire. */
export function serialiseParseResult({ parse, pages, expand }: ParseAnswer): z.input<typeof parseResultSchema> {
  const { outcome } = parse;
  const fullText = pages?.map((page) => page.text).join('\n\n') ?? null;
  return {
    job: { ...serialiseParseJob(parse), usage: expand.has('usage') ? { credits: 0 } : null },
    text: pages && expand.has('text') ? { pages: pages.map(serialiseText) } : null,
    text_full: expand.has('text_full') ? fullText : null,
    markdown: pages && expand.has('markdown') ? { pages: pages.map(serialiseMarkdown) } : null,
    markdown_full: expand.has('markdown_full') ? fullText : null,
    metadata:
      outcome && expand.has('metadata') ? { pages: outcome.pages.map(serialiseMetadata), document: null } : null,
    job_metadata:
      outcome && expand.has('job_metadata')
        ? { page_count: outcome.pageCount, pages_read: [...outcome.pages], reader: outcome.readerIdentity }
        : null,
    items: null,
    forms: null,
    raw_parameters: null,
    images_content_metadata: null,
    result_content_metadata: null,
  };
}

function serialiseText({ number, text }: PageText) {
  return { page_number: number, text };
}

function serialiseMarkdown({ number, text }: PageText) {
  return { page_number: number, markdown: text, success: true as const };
}

function serialiseMetadata(page: number): z.input<typeof metadataPageSchema> {
  return {
    page_number: page,
    confidence: null,
    cost_optimized: null,
    original_orientation_angle: null,
    printed_page_number: null,
    slide_section_name: null,
    speaker_notes: null,
    triggered_auto_mode: null,
  };
}
