import type { Classification } from '../classify.js';
import type { ReaderLimits } from '../documents/document-reader.js';
import type { ReaderChoice } from '../documents/readers.js';
import type { EngineOptions } from '../engine.js';
import type { EngineFacts } from '../engine-facts.js';
import { DocketError } from '../errors.js';
import type { ReadPages } from '../page-cache/page-cache.js';
import type { LintFinding } from '../rules/lint/lint-finding.js';
import type { Rule } from '../rules/rule-set.js';
import { ProcessQueue } from './process-queue.js';
import type { ClassifyRequest, DrawRequest, ReadRequest, Timings } from './protocol.js';
import type { SpareEngine } from './spare-engine.js';

export type { ClassifyRequest, DrawRequest, ReadRequest, Timings } from './protocol.js';

/** How an {@link EnginePool} works. */
export interface EnginePoolOptions {
  readonly engine: EngineOptions;
  readonly limits: ReaderLimits;
  /** Documents at once, each in a process of its own; 0: one per processor. */
  readonly concurrency: number;
  /** Resident memory, in MiB, at which a process is ended and its document fails. */
  readonly maxMemoryMb: number;
  /** Until engine and rules are ready, in milliseconds, before the time of a document begins. @default 60000 */
  readonly startMs?: number;
  /** What a model adds to the time of a document, in milliseconds. @default 60000 */
  readonly modelMs?: number;
  /** How much the processes stand back behind others, as `nice` counts it: -20 to 19. @default 0 */
  readonly niceness?: number;
  /** A process that was started before; it becomes the first one. */
  readonly spare?: SpareEngine | undefined;
}

/** A classification and how long it took in its process. */
export interface PooledClassification {
  readonly result: Classification;
  /** With `keepPages`: the pages that were read. */
  readonly read?: ReadPages;
  readonly timings: Timings;
  readonly durationMs: number;
}

/** A reading and how long it took in its process. */
export interface PooledReading {
  readonly read: ReadPages;
  readonly timings: Timings;
}

/** How a document is worked on. */
export interface PooledOptions {
  readonly signal?: AbortSignal;
}

/**
 * Classifies documents in child processes: a reader that spins, grows without end or crashes costs its one document, which
 * fails with a typed error; its process is ended and replaced at once, and all others go on. Processes start when they are
 * needed.
 */
export class EnginePool extends ProcessQueue {
  /**
   * Classifies one document; waits for a free process.
   * @throws DocketError whatever `classifyDocument` throws, and `document.timed_out`, `capacity.out_of_memory`,
   *   `internal.worker_crashed`; the signal's reason when it aborts
   */
  async classify(request: ClassifyRequest, options: PooledOptions = {}): Promise<PooledClassification> {
    const { result, ...answer } = await this.submit({ kind: 'classify', request }, options);
    if (!result) throw unanswered();
    return { ...answer, result: JSON.parse(result) };
  }

  /**
   * Reads one document; waits for a free process.
   * @throws DocketError as {@link classify} does
   */
  async read(request: ReadRequest, options: PooledOptions = {}): Promise<PooledReading> {
    const { read, timings } = await this.submit({ kind: 'read', request }, options);
    if (!read) throw unanswered();
    return { read, timings };
  }

  /**
   * Draws one page; waits for a free process.
   * @returns A PNG
   * @throws DocketError as {@link classify} does, `document.unsupported_type` for formats without pictures of pages
   */
  async draw(request: DrawRequest, options: PooledOptions = {}): Promise<Uint8Array> {
    const { image } = await this.submit({ kind: 'draw', request }, options);
    if (!image) throw unanswered();
    return image;
  }

  /**
   * Says what could be better about rules; waits for a free process.
   * @throws DocketError as {@link classify} does
   */
  async lint(rules: readonly Rule[], options: PooledOptions = {}): Promise<readonly LintFinding[]> {
    const { findings } = await this.submit({ kind: 'lint', request: { rules } }, options);
    if (!findings) throw unanswered();
    return findings;
  }

  /**
   * What the engine of the processes, and what reads for it, is made of; waits for a free one.
   * @throws DocketError as {@link classify} does
   */
  async describe(request: ReaderChoice, options: PooledOptions = {}): Promise<EngineFacts> {
    const { facts } = await this.submit({ kind: 'describe', request }, options);
    if (!facts) throw unanswered();
    return facts;
  }
}

function unanswered(): DocketError {
  return new DocketError(
    'internal.unexpected',
    'the engine process answered without what was asked for; please report it',
  );
}
