import type { ErrorCode, Evidence } from '@docket/core';

/** What all results say of their document. */
interface ResultOfItem {
  /** {@link DatasetItem.id} */
  readonly id: string;
  /** Absolute; absent for a text of a manifest. */
  readonly path?: string;
  /** The right label: null also where the data set's label is no type of the rules. */
  readonly expected: string | null;
  readonly group?: string;
  readonly tags: readonly string[];
}

/** What spoke for one label. */
export interface LabelEvidence {
  readonly type: string;
  readonly confidence: number;
  readonly documentType?: string;
  readonly layout: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** A document that was classified. */
export interface ClassifiedResult extends ResultOfItem {
  readonly status: 'classified';
  readonly answered: string | null;
  /** Of the best label, whether or not it was answered. */
  readonly confidence: number;
  /** What the best label needed: a confidence, and a lead over the next one. */
  readonly floor: number;
  readonly margin: number;
  /** Every label, best first. Never empty. */
  readonly ranking: readonly { readonly type: string; readonly confidence: number }[];
  readonly reasoning: string;
  /** For the best label and, where that is another, the expected one. */
  readonly evidence: readonly LabelEvidence[];
  /** Milliseconds in the engine process. `readMs` is 0 where the pages were known. */
  readonly readMs: number;
  readonly scoreMs: number;
  /** Whether the document was opened and read; false where its pages were known. */
  readonly wasRead: boolean;
}

/** A document that could not be classified, or whose file is missing (`resource.file_not_found`). */
export interface FailedResult extends ResultOfItem {
  readonly status: 'failed';
  readonly code: ErrorCode;
  readonly message: string;
}

/** One line of `results.jsonl`. */
export type DocumentResult = ClassifiedResult | FailedResult;
