import { type ClassifyRequest, concernsEveryDocument, toDocketError } from '@docket/core';
import PQueue from 'p-queue';
import type { DocumentInput } from '../documents/document-input.js';
import { readStream } from '../documents/read-stream.js';
import type { DocumentPool } from '../shell.js';
import { InOrder } from './in-order.js';
import type { Outcome } from './outcome.js';

/** What {@link classifyDocuments} is given. */
export interface ClassifyDocumentsOptions {
  readonly documents: readonly DocumentInput[];
  readonly pool: DocumentPool;
  /** All of a request but the document. */
  readonly request: Omit<ClassifyRequest, 'document'>;
  /** Largest standard input. */
  readonly maxBytes: number;
  readonly signal: AbortSignal;
  /** Called as soon as a document is done, in any order. */
  readonly onDone: () => void;
  /** Called in input order. The next call waits for it. */
  readonly onOutcome: (outcome: Outcome) => Promise<void>;
}

/**
 * Documents that are on their way for each that is worked on. A document counts until its result is written, so this
 * bounds memory however many documents there are, and still lets others pass one that takes long.
 */
const AHEAD = 32;

/**
 * Classifies documents through a pool and hands the outcomes on in input order. A failing document does not stop the
 * others; what would fail for every document (a model that is not there) does.
 * @throws DocketError `model.*` or `request.*`; whatever `onOutcome` throws; the signal's reason
 */
export async function classifyDocuments(options: ClassifyDocumentsOptions): Promise<void> {
  const { documents, pool, signal, onDone, onOutcome } = options;
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const queue = new PQueue({ concurrency: pool.concurrency * AHEAD });
  const inOrder = new InOrder<Outcome>(async (outcome) => {
    if (!stop.aborted) await onOutcome(outcome);
  });
  const work = async (document: DocumentInput, position: number) => {
    if (stop.aborted) return;
    const outcome = await classifyOne(document, options, stop);
    if (stop.aborted) return;
    onDone();
    await inOrder.put(position, outcome);
  };
  const submitAll = async () => {
    for (const [position, document] of documents.entries()) {
      await queue.onSizeLessThan(1);
      if (stop.aborted) return;
      void queue.add(() => work(document, position)).catch((error: unknown) => failure.abort(error));
    }
    await queue.onIdle();
  };
  await Promise.race([submitAll(), aborted(stop)]);
  stop.throwIfAborted();
}

async function classifyOne(
  document: DocumentInput,
  options: ClassifyDocumentsOptions,
  signal: AbortSignal,
): Promise<Outcome> {
  const { path } = document;
  if (document.kind === 'failed') return { path, error: document.error };
  try {
    const source = document.kind === 'file' ? path : { bytes: await readStream(document.open(), options.maxBytes) };
    const { result, durationMs } = await options.pool.classify({ ...options.request, document: source }, { signal });
    return { path, result, durationMs };
  } catch (thrown) {
    signal.throwIfAborted();
    const error = toDocketError(thrown);
    if (concernsEveryDocument(error)) throw error;
    return { path, error };
  }
}

/** Resolves when the signal aborts: work that waits for its turn to be written would wait for ever. */
function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
