import type { Classification, ClassifyOptions, ReadingOptions } from '../classify.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { LoadedSource, NamedPath } from '../documents/document-source.js';
import type { EngineOptions } from '../engine.js';
import type { ErrorCode } from '../errors.js';
import type { ReadPages } from '../page-cache/page-cache.js';

/** A document on its way to an engine process: a path, bytes, or the pages that were read before. */
export type PooledDocument = string | NamedPath | LoadedSource | { readonly read: ReadPages };

/** One document to read in an engine process. */
export interface ReadRequest extends Pick<ReadingOptions, 'parsing' | 'defaultMaxPages' | 'pdfReader'> {
  readonly document: PooledDocument;
}

/** One document to classify in an engine process. */
export interface ClassifyRequest
  extends ReadRequest,
    Pick<ClassifyOptions, 'rules' | 'decision' | 'explain' | 'explainLabels' | 'redact'> {
  /** Adds the pages that were read to the answer. @default false */
  readonly keepPages?: boolean;
}

/** What an engine process spent its time on, in milliseconds. */
export interface Timings {
  readonly readMs: number;
  /** 0 when the document was only read. */
  readonly scoreMs: number;
}

/** What the parent asks for. */
export type WorkerRequest =
  | { readonly kind: 'classify'; readonly request: ClassifyRequest }
  | { readonly kind: 'read'; readonly request: ReadRequest };

/** A request on its way. */
export type WorkerTask = WorkerRequest & {
  readonly id: number;
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
};

/** What the parent tells an engine process: a document to work on, or to leave alone where it was not begun. */
export type ParentMessage = WorkerTask | { readonly kind: 'forget'; readonly id: number };

/** What an engine process answers. */
export type WorkerReply =
  | { readonly kind: 'started'; readonly id: number }
  | ({ readonly kind: 'done'; readonly id: number } & WorkerAnswer)
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly data: Readonly<Record<string, unknown>>;
    };

/** What comes of a task. */
export interface WorkerAnswer {
  /** Of a classification. */
  readonly result?: Classification;
  /** The pages that were read, where they were asked for. */
  readonly read?: ReadPages;
  readonly timings: Timings;
  /** All of it, in milliseconds. */
  readonly durationMs: number;
}
