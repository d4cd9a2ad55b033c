import type { ClassifiedResult, FailedResult } from '../results/document-result.js';

/** A document that was classified: `expected`, what was answered, and how sure the best label was. */
export function classified(
  id: string,
  expected: string | null,
  answered: string | null,
  confidence: number,
  changes: Partial<ClassifiedResult> = {},
): ClassifiedResult {
  const best = answered ?? 'a';
  return {
    id,
    status: 'classified',
    expected,
    answered,
    confidence,
    floor: 0.5,
    margin: 0,
    ranking: [{ type: best, confidence }],
    reasoning: `It reads like ${best}.`,
    evidence: [],
    tags: [],
    readMs: 10,
    scoreMs: 2,
    wasRead: true,
    ...changes,
  };
}

/** A document that could not be classified. */
export function failed(
  id: string,
  expected: string | null,
  code: FailedResult['code'] = 'document.encrypted',
): FailedResult {
  return { id, status: 'failed', expected, tags: [], code, message: 'it cannot be read' };
}
