import type { ClassifyOptions, ReadingOptions } from '../classify.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { LoadedSource, NamedPath } from '../documents/document-source.js';
import type { ReaderChoice } from '../documents/readers.js';
import type { EngineOptions } from '../engine.js';
import type { EngineFacts } from '../engine-facts.js';
import type { ErrorCode } from '../errors.js';
import type { ReadPages } from '../page-cache/page-cache.js';
import type { LintFinding } from '../rules/lint/lint-finding.js';
import type { Rule } from '../rules/rule-set.js';

/** A document on its way to an engine process: a path, bytes, or the pages that were read before. */
export type PooledDocument = string | NamedPath | LoadedSource | { readonly read: ReadPages };

/** One document to read in an engine process. */
export interface ReadRequest extends Pick<ReadingOptions, 'parsing' | 'defaultMaxPages'>, ReaderChoice {
  readonly document: PooledDocument;
}

/** One document to classify in an engine process. */
export interface ClassifyRequest
  extends ReadRequest,
    Pick<ClassifyOptions, 'rules' | 'decision' | 'explain' | 'explainLabels' | 'redact'> {
  /** Adds the pages that were read to the answer. @default false */
  readonly keepPages?: boolean;
}

/** One page to draw in an engine process. */
export interface DrawRequest extends ReaderChoice {
  readonly document: string | NamedPath | LoadedSource;
  /** 1-based. */
  readonly page: number;
  /** Pixels of its longer side, at most. */
  readonly longestSide: number;
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
  | { readonly kind: 'read'; readonly request: ReadRequest }
  | { readonly kind: 'draw'; readonly request: DrawRequest }
  | { readonly kind: 'lint'; readonly request: { readonly rules: readonly Rule[] } }
  | { readonly kind: 'describe'; readonly request: ReaderChoice };

/** A request on its way. */
export type WorkerTask = WorkerRequest & {
  readonly id: number;
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
};

/** What the parent tells an engine process. */
export type ParentMessage =
  | WorkerTask
  /** Leave a document alone unless it was begun. */
  | { readonly kind: 'forget'; readonly id: number }
  /** Load the engine before there is a document. */
  | { readonly kind: 'prepare'; readonly engine: EngineOptions };

/** What an engine process answers: for one document `started`, `reading`, `opened`, perhaps `recognising`, then `done` or `failed`. */
export type WorkerReply =
  /** The engine is loaded, or why it cannot be will be the answer to every document. */
  | { readonly kind: 'prepared' }
  /** The document was taken up. */
  | { readonly kind: 'started'; readonly id: number }
  /** It was asked to forget a document, and had not begun with it. */
  | { readonly kind: 'forgotten'; readonly id: number }
  /** Engine and rules are ready: what follows takes as long as the document makes it. */
  | { readonly kind: 'reading'; readonly id: number }
  /** The document is open, and so many pages are selected. */
  | { readonly kind: 'opened'; readonly id: number; readonly pages: number }
  /** So many pages may be read by OCR, each of which takes longer. */
  | { readonly kind: 'recognising'; readonly id: number; readonly pages: number }
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
  /** Of a classification: a `Classification` as JSON, in which evidence that is made when asked for is made. */
  readonly result?: string;
  /** The pages that were read, where they were asked for. */
  readonly read?: ReadPages;
  /** Of a drawing: a PNG. */
  readonly image?: Uint8Array;
  readonly findings?: readonly LintFinding[];
  readonly facts?: EngineFacts;
  readonly timings: Timings;
  /** All of it, in milliseconds. */
  readonly durationMs: number;
}
