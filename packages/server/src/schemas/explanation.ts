import type { Box, Evidence, LabelExplanation } from '@docket/core';
import { z } from '@hono/zod-openapi';
import type { StoredExplanation } from '../runner/stored-explanation.js';

const pageNumbers = z.array(z.int().min(1));

const share = z.number().min(0).max(1);

const boxSchema = z
  .strictObject({ x: share, y: share, width: share, height: share })
  .describe('In shares of the width and height of the page as it is shown, from its top left.')
  .openapi('Box');

const evidenceSchema = z
  .strictObject({
    kind: z
      .enum(['words', 'passage'])
      .describe('Words that the rule or a document type asks for, or a passage that is near to the rule in meaning.'),
    page: z.int().min(0).describe('1-based; 0 is the title from the metadata.'),
    start: z.int().min(0).describe('Offset into the text of the page, in UTF-16 units.'),
    end: z.int().min(0),
    quote: z.string(),
    boxes: z
      .array(boxSchema)
      .describe(
        'Where it stands, a box for each line. Empty in formats without pages, and when what was read is not kept.',
      ),
    document_type: z.string().nullable().describe('Whose cue it is; null otherwise.'),
    weight: z.number(),
  })
  .openapi('Evidence');

const labelSchema = z
  .strictObject({
    type: z.string(),
    confidence: z.number().min(0).max(1),
    document_type: z.string().nullable(),
    layout: z.array(z.string()),
    evidence: z.array(evidenceSchema),
  })
  .openapi('LabelExplanation');

/** What stands behind an answer, as it is answered. */
const explanationFields = {
  ranking: z.array(z.strictObject({ type: z.string(), confidence: z.number().min(0).max(1) })),
  labels: z.array(labelSchema).describe('The best few labels and what speaks for each.'),
  background: z
    .strictObject({ document_type: z.string(), evidence: z.array(evidenceSchema) })
    .nullable()
    .describe('The document type that no rule asks for and that fits best.'),
  floor: z.number().describe('Confidence under which no rule is taken.'),
  margin: z.number().describe('Lead that the best rule must have.'),
  tuning: z
    .strictObject({ file: z.string(), rules: z.string().describe('Hash of the rules that it holds for.') })
    .nullable()
    .describe('The file of the server whose thresholds held; null: the own ones of the engine.'),
  language: z.string(),
  format: z.string(),
  title: z.string().nullable(),
  pages: z.strictObject({ total: z.int().min(0), selected: pageNumbers, read: pageNumbers }),
  ocr: z
    .array(z.strictObject({ page: z.int().min(1), confidence: z.number().min(0).max(100) }))
    .describe('Pages that were read by OCR, and how sure that was of its words, 0 to 100.'),
  scorer: z.string(),
  other_engine: z
    .strictObject({ answered: z.string(), expected: z.string() })
    .nullable()
    .describe(
      'Where a worker of another version, or with other models or knowledge, answered than the server that accepted the job: both identities.',
    ),
  timings: z.strictObject({ read_ms: z.number(), score_ms: z.number() }).describe('In milliseconds.'),
  is_recalled: z.boolean().describe('Whether the pages came from an earlier reading of the same content.'),
};

/** What stands behind the answer of a job, as it is answered. */
export const explanationSchema = z
  .strictObject({ job_id: z.string(), ...explanationFields })
  .openapi('ClassifyExplanation');

/** What stands behind an answer without a job, as it is answered. */
export const scoreExplanationSchema = z.strictObject(explanationFields).openapi('ScoreExplanation');

/** Where words of a document stand: in shares of their page. */
export type Places = (evidence: Evidence) => readonly Box[];

/** Writes what stands behind an answer for the wire. */
export function serialiseExplanation(kept: StoredExplanation, places: Places): z.input<typeof scoreExplanationSchema> {
  const { title = null, background, tuning, pages, timings } = kept;
  const evidence = (items: readonly Evidence[]) => items.map((item) => serialiseEvidence(item, places));
  return {
    ranking: kept.ranking.map(({ type, confidence }) => ({ type, confidence })),
    labels: kept.labels.map((label) => ({ ...serialiseLabel(label), evidence: evidence(label.evidence) })),
    background: background ? { document_type: background.documentType, evidence: evidence(background.evidence) } : null,
    floor: kept.floor,
    margin: kept.margin,
    tuning: tuning ? { file: tuning.file, rules: tuning.rules } : null,
    language: kept.language,
    format: kept.format,
    title,
    pages: { total: pages.total, selected: [...pages.selected], read: [...pages.read] },
    ocr: (kept.ocr ?? []).map(({ page, confidence }) => ({ page, confidence })),
    scorer: kept.scorer,
    other_engine: kept.otherEngine ?? null,
    timings: { read_ms: timings.readMs, score_ms: timings.scoreMs },
    is_recalled: kept.isRecalled,
  };
}

function serialiseLabel({ type, confidence, documentType, layout }: LabelExplanation) {
  return { type, confidence, document_type: documentType ?? null, layout: [...layout] };
}

function serialiseEvidence(evidence: Evidence, places: Places): z.input<typeof evidenceSchema> {
  const { kind, page, start, end, quote, documentType, weight } = evidence;
  const boxes = places(evidence).map(({ x, y, width, height }) => ({ x, y, width, height }));
  return { kind: kind ?? 'words', page, start, end, quote, boxes, document_type: documentType ?? null, weight };
}
