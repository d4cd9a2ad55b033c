import type { ClassifyResult, Explanation } from '../../api/types.js';

/** How far a document has come. */
export type DocumentState = 'uploading' | 'waiting' | 'scoring' | 'scored' | 'failed';

/** A document that rules are tried on. */
export interface TriedDocument {
  readonly key: string;
  readonly name: string;
  /** Absent after the page was loaded anew: the server has the bytes. */
  readonly file?: Blob;
  readonly fileId?: string;
  readonly state: DocumentState;
  /** The latest answer; it stays while the document is scored again. */
  readonly result?: ClassifyResult;
  readonly explanation?: Explanation;
  /** The type before the latest change of the answer. */
  readonly typeBefore?: string | null;
  readonly error?: unknown;
}

/** A document with a new answer. */
export function withAnswer(
  document: TriedDocument,
  { result, explanation }: { readonly result: ClassifyResult; readonly explanation: Explanation },
): TriedDocument {
  const { error: _, ...rest } = document;
  const hasChanged = document.result !== undefined && document.result.type !== result.type;
  return {
    ...rest,
    state: 'scored',
    result,
    explanation,
    ...(hasChanged && { typeBefore: document.result?.type ?? null }),
  };
}

/** A document that could not be uploaded or scored; the answer that it had before stays. */
export function withError(document: TriedDocument, error: unknown): TriedDocument {
  return { ...document, state: 'failed', error };
}

/** A document that the server has no more, and is to be given again. */
export function withoutFile(document: TriedDocument): TriedDocument {
  const { fileId: _, error: __, ...rest } = document;
  return { ...rest, state: 'uploading' };
}

/** A document as it is before it was scored. */
export function withoutAnswer(document: TriedDocument): TriedDocument {
  const { result: _, explanation: __, typeBefore: ___, error: ____, ...rest } = document;
  return { ...rest, state: 'waiting' };
}

/** How many documents each type takes. */
export function countTypes(documents: readonly TriedDocument[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { state, result } of documents) {
    if (state === 'failed') continue;
    if (typeof result?.type === 'string') counts.set(result.type, (counts.get(result.type) ?? 0) + 1);
  }
  return counts;
}
