import { ERROR_CODES } from '@docket/core';
import { z } from 'zod';

const label = z.object({ type: z.string(), confidence: z.number() });

const evidence = z.looseObject({
  page: z.number(),
  start: z.number(),
  end: z.number(),
  quote: z.string(),
  weight: z.number(),
  documentType: z.string().optional(),
});

const ofItem = {
  id: z.string(),
  path: z.string().exactOptional(),
  expected: z.string().nullable(),
  group: z.string().exactOptional(),
  tags: z.array(z.string()),
};

/** One line of `results.jsonl`. */
export const documentResultSchema = z.discriminatedUnion('status', [
  z.object({
    ...ofItem,
    status: z.literal('classified'),
    answered: z.string().nullable(),
    confidence: z.number(),
    floor: z.number(),
    margin: z.number(),
    ranking: z.array(label).min(1),
    reasoning: z.string(),
    evidence: z.array(
      z.looseObject({
        type: z.string(),
        confidence: z.number(),
        documentType: z.string().optional(),
        layout: z.array(z.string()).optional(),
        evidence: z.array(evidence).optional(),
      }),
    ),
    readMs: z.number(),
    scoreMs: z.number(),
    wasRead: z.boolean(),
  }),
  z.object({ ...ofItem, status: z.literal('failed'), code: z.enum(ERROR_CODES), message: z.string() }),
]);

const value = z.number().nullable();
const share = z.looseObject({ value, count: z.number(), of: z.number() });
const labelMetrics = z.looseObject({
  label: z.string().nullable(),
  support: z.number().optional(),
  answered: z.number().optional(),
  precision: value.optional(),
  recall: value.optional(),
  f1: value.optional(),
});

/** `summary.json` of a run: what its readers depend on must be there, the rest may be. */
export const runSummarySchema = z.looseObject({
  format: z.literal('docket.bench/1'),
  docket: z.string().optional(),
  startedAt: z.string(),
  durationMs: z.number(),
  dataset: z.looseObject({
    name: z.string(),
    path: z.string(),
    items: z.number(),
    problems: z.array(z.looseObject({ kind: z.string(), place: z.string(), message: z.string() })).default([]),
  }),
  rules: z.looseObject({
    file: z.string(),
    identity: z.string(),
    rules: z.array(z.looseObject({ type: z.string(), description: z.string().optional() })),
    tuned: z.boolean().optional(),
  }),
  scorer: z.string(),
  engine: z.string(),
  metrics: z.looseObject({
    total: z.number(),
    classified: z.number(),
    failures: z.array(z.looseObject({ code: z.string(), count: z.number() })).optional(),
    accuracy: share.extend({ low: value.optional(), high: value.optional() }),
    firstChoice: share.optional(),
    macroF1: value,
    labels: z.array(labelMetrics),
    confusion: z
      .array(z.array(z.number()))
      .optional()
      .describe('By expected, then by answered label; in the order of `labels`.'),
    nulls: z.looseObject({
      recall: share,
      precision: share.optional(),
      falseAlarms: share.optional(),
      auroc: value.optional(),
    }),
    calibration: z.looseObject({
      ece: value,
      brier: value.optional(),
      bins: z
        .array(
          z.looseObject({
            from: z.number(),
            to: z.number(),
            count: z.number(),
            meanConfidence: value,
            shareRight: value,
          }),
        )
        .optional(),
    }),
    review: z
      .array(z.looseObject({ reviewed: z.number(), errorsCaught: z.number(), accuracyOfRest: value }))
      .optional(),
    time: z.looseObject({ p50Ms: value, p95Ms: value, documentsPerSecond: value, opened: z.number() }).optional(),
  }),
});

/** What `docket bench compare --format json` says of two runs. */
export const comparisonSchema = z.looseObject({
  before: runSummarySchema,
  after: runSummarySchema,
  warnings: z.array(z.string()),
  paired: z.number(),
  onlyBefore: z.array(z.string()),
  onlyAfter: z.array(z.string()),
  flips: z.array(
    z.looseObject({
      id: z.string(),
      expected: z.string().nullable(),
      kind: z.enum(['fixed', 'broken', 'other_wrong', 'now_failed', 'now_classified']),
      before: documentResultSchema,
      after: documentResultSchema,
      why: z.string(),
    }),
  ),
  difference: z.object({ value, low: value, high: value }),
  mcNemar: z.object({
    onlyBefore: z.number(),
    onlyAfter: z.number(),
    pValue: z.number(),
    method: z.enum(['exact', 'chi-squared']),
  }),
  labels: z.array(
    z.object({ label: z.string().nullable(), before: labelMetrics.nullable(), after: labelMetrics.nullable() }),
  ),
});

/** The files of a run as JSON Schema: `summary.json`, and a line of `results.jsonl`. */
export function runJsonSchema(): object {
  const { $schema, ...summary } = z.toJSONSchema(runSummarySchema, { io: 'input' });
  const { $schema: _, ...result } = z.toJSONSchema(documentResultSchema, { io: 'input' });
  return { $schema, title: 'A run of docket bench, format docket.bench/1', $defs: { summary, result } };
}
