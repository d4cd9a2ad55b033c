import {
  type DrawRequest,
  type EngineFacts,
  type LintFinding,
  type PooledClassification,
  type ReaderChoice,
  type ReadPages,
  type Rule,
  readerChoiceOf,
  recallPages,
} from '@docket/core';
import type { ClassifyConfiguration, Store, StoredFile } from '@docket/store';
import type { Logger } from 'pino';
import { SharedWork } from '../operations/shared-work.js';
import { type DocumentOrigin, explainLoss, holdBytes, originOf, parsingOptions } from '../runner/document-origin.js';
import type { Tunings } from '../runner/tunings.js';
import { Admission } from './admission.js';
import { type ForegroundPool, OnDemandPool } from './on-demand-pool.js';
import { ScoreLine } from './score-line.js';

/** What a {@link Foreground} works with. */
export interface ForegroundOptions extends ReaderChoice {
  readonly store: Store;
  readonly tunings: Tunings;
  readonly logger: Logger;
  /** Pages that are read when a request says nothing about pages; 0: all. */
  readonly defaultMaxPages: number;
  /** Makes engine processes; called when the first are needed. */
  readonly makePool: (options: { readonly concurrency: number }) => ForegroundPool;
  /** Documents that are read, and pages that are drawn, at once. */
  readonly concurrency: number;
  /** For tests. */
  readonly idleMs?: number;
  /** For tests. @default 2 s */
  readonly readingGraceMs?: number;
}

/** A document that was scored, with the pages that this was done by. */
export interface ScoredDocument extends Omit<PooledClassification, 'read'> {
  readonly read: ReadPages;
  /** Whether the pages came from an earlier reading of the same content. */
  readonly isRecalled: boolean;
}

/** How long it is believed what the engine said of itself: languages of OCR may be added meanwhile. */
const FACTS_AGE_MS = 60_000;

/** Requests of one kind that may be under way: for pages to be drawn, documents to be read, and rules to be looked at. */
const MOST_AT_ONCE = 200;

/** How long a reading that nobody waits for goes on: who edits rules comes again, and it costs more than all the rest. */
const READING_GRACE_MS = 2_000;

/**
 * Work that somebody at a screen waits for. It has engine processes of its own, however full the queue of jobs is: one that
 * scores pages which were read before, lints, and says what it is; others that draw; and others that read, which alone takes long. They
 * start when they are needed, and end when nobody needed them for a while.
 */
export class Foreground {
  private readonly scoring: OnDemandPool;
  private readonly reading: OnDemandPool;
  private readonly line: ScoreLine;
  private readonly drawing: OnDemandPool;
  private readonly readings: SharedWork<ReadPages>;
  private readonly readers = new Admission(MOST_AT_ONCE);
  private readonly drawers = new Admission(MOST_AT_ONCE);
  private readonly linters = new Admission(MOST_AT_ONCE);
  private facts: { readonly answer: Promise<EngineFacts>; readonly asked: number } | undefined;

  constructor(private readonly options: ForegroundOptions) {
    const { makePool, concurrency, idleMs, readingGraceMs = READING_GRACE_MS } = options;
    this.readings = new SharedWork(readingGraceMs);
    this.scoring = new OnDemandPool(() => makePool({ concurrency: 1 }), idleMs);
    this.reading = new OnDemandPool(() => makePool({ concurrency }), idleMs);
    this.drawing = new OnDemandPool(() => makePool({ concurrency }), idleMs);
    this.line = new ScoreLine(this.scoring);
  }

  /** Starts what scores, so that the first to ask waits less. Never waits. */
  prepare(): void {
    this.scoring.use((pool) => pool.ready()).catch(() => {});
  }

  /**
   * Classifies a document as a job does, without any trace but its pages, which are kept.
   * @throws DocketError whatever the engine throws, `resource.document_deleted`, `capacity.too_many_requests`; the signal's
   *   reason when that aborts
   */
  async score(
    file: StoredFile,
    { rules, parsing: wanted }: ClassifyConfiguration,
    signal: AbortSignal,
  ): Promise<ScoredDocument> {
    const { store, tunings, defaultMaxPages } = this.options;
    const origin = originOf(file.contentHash, file.name);
    const parsing = parsingOptions(wanted, origin);
    const selection = { parsing, defaultMaxPages, ...readerChoiceOf(this.options) };
    const recalled = await recallPages(store.pages, origin.key, selection);
    const read = recalled ?? (await this.readers.admit(() => this.read(origin, selection, signal)));
    const decision = tunings.of(rules);
    const answer = await this.line.score({ document: { read }, rules, decision, explain: true, ...selection }, signal);
    return { ...answer, read, isRecalled: recalled !== undefined };
  }

  /**
   * Draws a page of a file.
   * @returns A PNG
   * @throws DocketError as `EnginePool.draw`, `resource.document_deleted`, `capacity.too_many_requests`; the signal's reason
   *   when that aborts
   */
  async draw(
    file: StoredFile,
    size: Pick<DrawRequest, 'page' | 'longestSide'>,
    signal: AbortSignal,
  ): Promise<Uint8Array> {
    return await this.drawers.admit(async () => {
      const origin = originOf(file.contentHash, file.name);
      await using held = await holdBytes(origin, this.options.store);
      const request = { document: held.document, ...size, ...readerChoiceOf(this.options) };
      return await this.drawing.use((pool) => pool.draw(request, { signal })).catch(explainLoss);
    });
  }

  /** Says what could be better about rules. @throws DocketError whatever the engine throws, `capacity.too_many_requests` */
  lint(rules: readonly Rule[], signal: AbortSignal): Promise<readonly LintFinding[]> {
    return this.linters.admit(() => this.scoring.use((pool) => pool.lint(rules, { signal })));
  }

  /** What the engine, and what reads for it, is made of. @throws DocketError whatever the engine throws */
  describe(): Promise<EngineFacts> {
    const { facts } = this;
    if (facts && performance.now() - facts.asked < FACTS_AGE_MS) return facts.answer;
    const answer = this.scoring.use((pool) => pool.describe(readerChoiceOf(this.options)));
    this.facts = { answer, asked: performance.now() };
    answer.catch(() => {
      this.facts = undefined;
    });
    return answer;
  }

  /** Ends all processes; what runs is rejected. */
  async close(): Promise<void> {
    await Promise.all([this.scoring.close(), this.reading.close(), this.drawing.close()]);
  }

  private read(
    origin: DocumentOrigin,
    selection: Parameters<typeof recallPages>[2],
    signal: AbortSignal,
  ): Promise<ReadPages> {
    const begin = async (stop: AbortSignal) => {
      await using held = await holdBytes(origin, this.options.store);
      const request = { document: held.document, ...selection };
      const { read } = await this.reading.use((pool) => pool.read(request, { signal: stop })).catch(explainLoss);
      // Without them the next rule costs another reading, but this one has its answer.
      await this.options.store.pages.keep(origin.key, read).catch((err: unknown) => {
        this.options.logger.warn({ err }, 'what was read could not be kept; the document will be read again');
      });
      return read;
    };
    return this.readings.share(JSON.stringify([origin.key, selection]), begin, signal);
  }
}
