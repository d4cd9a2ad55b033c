import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { DocketError } from '@docket/core';
import type { z } from 'zod';
import type { DocumentResult } from './document-result.js';
import { RUN_FILES } from './run-files.js';
import { documentResultSchema, runSummarySchema } from './run-schema.js';
import type { BenchRun, RunSummary } from './run-summary.js';

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
  return check(runSummarySchema, text, file) as unknown as RunSummary;
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
    if (line !== '') results.push(check(documentResultSchema, line, `${file}:${number}`) as unknown as DocumentResult);
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
