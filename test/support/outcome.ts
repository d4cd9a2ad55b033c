import { ERROR_CODES } from '@docket/core';
import { expect } from 'vitest';

/** A document that was classified, as a line of JSON says it. */
export interface ClassifiedRecord {
  readonly path: string;
  readonly type: string | null;
  readonly confidence: number;
  readonly reasoning: string;
  readonly ranking: readonly { readonly type: string; readonly confidence: number }[];
  readonly pages: { readonly total: number; readonly selected: readonly number[]; readonly read: readonly number[] };
  readonly scorer: string;
}

/** A document that failed, as a line of JSON says it. */
export interface FailedRecord {
  readonly path: string;
  readonly error: { readonly code: string; readonly message: string };
}

export type OutcomeRecord = ClassifiedRecord | FailedRecord;

/** Reads JSON lines: every line is one object, and the last one ends too. */
export function parseLines(stdout: string): OutcomeRecord[] {
  if (stdout === '') return [];
  expect(stdout.endsWith('\n')).toBe(true);
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The one document of a run that was classified. */
export function onlyClassified(stdout: string): ClassifiedRecord {
  const [record, ...others] = parseLines(stdout);
  expect(others).toEqual([]);
  if (!record || 'error' in record) throw new Error(`no classification: ${stdout}`);
  return record;
}

/** What became of a document, as `expected.json` says it. */
export function answerOf(record: OutcomeRecord): { type: string | null } | { error: string } {
  return 'error' in record ? { error: record.error.code } : { type: record.type };
}

/** Asserts that a record has exactly the keys it should, in their order, and that its parts agree with each other. */
export function expectValidRecord(record: OutcomeRecord, labels: readonly string[]): void {
  if ('error' in record) {
    expect(Object.keys(record)).toEqual(['path', 'error']);
    expect(Object.keys(record.error)).toEqual(['code', 'message']);
    expect(ERROR_CODES).toContain(record.error.code);
    expect(record.error.message).toMatch(/\S/);
    return;
  }
  const { path, type, confidence, reasoning, ranking, pages, scorer } = record;
  expect(Object.keys(record)).toEqual(['path', 'type', 'confidence', 'reasoning', 'ranking', 'pages', 'scorer']);
  expect([path, reasoning, scorer]).toEqual(
    [/\S/, /^[A-Z].*\.$/s, /^\w+ \(.+\)$/].map((form) => expect.stringMatching(form)),
  );
  for (const entry of ranking) expect(Object.keys(entry)).toEqual(['type', 'confidence']);
  for (const value of [confidence, ...ranking.map((entry) => entry.confidence)]) {
    expect(value).toBeGreaterThanOrEqual(0);
    expect(value).toBeLessThanOrEqual(1);
  }
  expect(ranking.map((entry) => entry.type).sort()).toEqual([...new Set(labels)].sort());
  expect(ranking).toEqual([...ranking].sort((one, other) => other.confidence - one.confidence || compare(one, other)));
  expect(ranking[0]).toEqual({ type: type ?? ranking[0]?.type, confidence });
  expect(Object.keys(pages)).toEqual(['total', 'selected', 'read']);
  expect(pages.selected).toEqual(ascending(pages.selected).filter((page) => page >= 1 && page <= pages.total));
  expect(pages.read).toEqual(ascending(pages.read).filter((page) => pages.selected.includes(page)));
}

function compare(one: { readonly type: string }, other: { readonly type: string }): number {
  return Buffer.compare(Buffer.from(one.type), Buffer.from(other.type));
}

function ascending(pages: readonly number[]): number[] {
  return [...new Set(pages)].sort((one, other) => one - other);
}
