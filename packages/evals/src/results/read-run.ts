import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DocketError, ERROR_CODES } from '@docket/core';
import { z } from 'zod';
import type { DocumentResult } from './document-result.js';
import { RUN_FILES } from './run-files.js';
import type { BenchRun, RunSummary } from './run-summary.js';

const label = z.object({ type: z.string(), confidence: z.number() });

const ofItem = {
  id: z.string(),
  path: z.string().exactOptional(),
  expected: z.string().nullable(),
  group: z.string().exactOptional(),
  tags: z.array(z.string()),
};

const resultSchema = z.discriminatedUnion('status', [
  z.object({
    ...ofItem,
    status: z.literal('classified'),
    answered: z.string().nullable(),
    confidence: z.number(),
    floor: z.number(),
    margin: z.number(),
    ranking: z.array(label).min(1),
    reasoning: z.string(),
    evidence: z.array(label.loose()),
    readMs: z.number(),
    scoreMs: z.number(),
    wasRead: z.boolean(),
  }),
  z.object({ ...ofItem, status: z.literal('failed'), code: z.enum(ERROR_CODES), message: z.string() }),
]);

const share = z.object({ value: z.number().nullable(), count: z.number(), of: z.number() });

/** What readers of a run depend on; the rest is taken as it was written. */
const summarySchema = z.looseObject({
  format: z.literal('docket.bench/1'),
  startedAt: z.string(),
  durationMs: z.number(),
  dataset: z.looseObject({ name: z.string(), path: z.string(), items: z.number() }),
  rules: z.looseObject({ file: z.string(), identity: z.string(), rules: z.array(z.looseObject({ type: z.string() })) }),
  scorer: z.string(),
  engine: z.string(),
  metrics: z.looseObject({
    total: z.number(),
    classified: z.number(),
    accuracy: share.loose(),
    macroF1: z.number().nullable(),
    labels: z.array(z.looseObject({ label: z.string().nullable() })),
    nulls: z.looseObject({ recall: share }),
    calibration: z.looseObject({ ece: z.number().nullable() }),
  }),
});

/**
 * Reads the summary of a run.
 * @param path Its folder, or `summary.json`
 * @throws DocketError `resource.file_not_found`, `request.invalid_input` naming file and place
 */
export async function readSummary(path: string): Promise<RunSummary> {
  const file = join(await folderOf(path), RUN_FILES.summary);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    const message = `there is no run in ${path} (no ${RUN_FILES.summary}); docket bench run writes one with --out`;
    throw new DocketError('resource.file_not_found', message, { cause: error });
  });
  // What is checked is what is relied on; the schema is looser than the type.
  return check(summarySchema, text, file) as unknown as RunSummary;
}

/**
 * Reads a run.
 * @param path Its folder, or `summary.json`
 * @throws as {@link readSummary}
 */
export async function readRun(path: string): Promise<BenchRun<DocumentResult>> {
  const summary = await readSummary(path);
  const file = join(await folderOf(path), RUN_FILES.results);
  if (!(await stat(file).catch(() => undefined))?.isFile()) {
    throw new DocketError(
      'resource.file_not_found',
      `there is no ${RUN_FILES.results} beside ${RUN_FILES.summary} in ${path}`,
    );
  }
  const results: DocumentResult[] = [];
  let number = 0;
  for await (const line of createInterface({
    input: createReadStream(file, 'utf8'),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    number++;
    if (line !== '') results.push(check(resultSchema, line, `${file}:${number}`) as unknown as DocumentResult);
  }
  return { summary, results };
}

async function folderOf(path: string): Promise<string> {
  return basename(path) === RUN_FILES.summary ? dirname(path) : path;
}

function check<Schema extends z.ZodType>(schema: Schema, text: string, place: string): z.infer<Schema> {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    const message = `${place} is not JSON; run docket bench run again`;
    throw new DocketError('request.invalid_input', message, { cause: error });
  }
  const result = schema.safeParse(content);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const message = `${place} is not of a run of this version (${issue?.path.join('.')}: ${issue?.message}); run docket bench run again`;
  throw new DocketError('request.invalid_input', message);
}
