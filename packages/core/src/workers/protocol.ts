import type { Classification, ParsingOptions } from '../classify.js';
import type { DecisionOverrides } from '../decision/decide.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { EngineOptions } from '../engine.js';
import type { ErrorCode } from '../errors.js';
import type { Rule } from '../rules/rule-set.js';

/** One document to classify in an engine process. */
export interface ClassifyRequest {
  /** A path, or bytes with the name they had. */
  readonly document: string | { readonly bytes: Uint8Array; readonly name?: string };
  readonly rules: readonly Rule[];
  readonly parsing?: ParsingOptions;
  /** Pages that are read when `parsing` says nothing about pages; 0: all. */
  readonly defaultMaxPages?: number;
  readonly decision?: DecisionOverrides;
  readonly explain?: boolean;
}

/** What the parent sends. */
export interface WorkerTask {
  readonly kind: 'classify';
  readonly id: number;
  readonly request: ClassifyRequest;
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
}

/** What an engine process answers. */
export type WorkerReply =
  | { readonly kind: 'started'; readonly id: number }
  | { readonly kind: 'done'; readonly id: number; readonly result: Classification; readonly durationMs: number }
  | {
      readonly kind: 'failed';
      readonly id: number;
      readonly code: ErrorCode;
      readonly message: string;
      readonly data: Readonly<Record<string, unknown>>;
    };
