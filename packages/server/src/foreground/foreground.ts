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
import { type DocumentOrigin, explainLoss, holdBytes, originOf, parsingOptions } from '../runner/document-origin.js';
import type { Tunings } from '../runner/tunings.js';
import { type ForegroundPool, OnDemandPool } from './on-demand-pool.js';
import { ScoreLine, tooManyRequests } from './score-line.js';
import { SharedReadings } from './shared-readings.js';

/** What a {@link Foreground} works with. */
export interface ForegroundOptions extends ReaderChoice {
  readonly store: Store;
  readonly tunings: Tunings;
  /** Pages that are read when a request says nothing about pages; 0: all. */
  readonly defaultMaxPages: number;
  /** Makes engine processes; called when the first are needed. */
  readonly makePool: (options: { readonly concurrency: number }) => ForegroundPool;
  /** Documents that are read, and pages that are drawn, at once. */
  readonly concurrency: number;
  /** For tests. */
  readonly idleMs?: number;
}

/** A document that was scored, with the pages that this was done by. */
export interface ScoredDocument extends Omit<PooledClassification, 'read'> {
  readonly read: ReadPages;
  /** Whether the pages came from an earlier reading of the same content. */
  readonly isRecalled: boolean;
}

/** How long it is believed what the engine said of itself: languages of OCR may be added meanwhile. */
const FACTS_AGE_MS = 60_000;

/** Pages that may be about to be drawn. */
const MOST_DRAWN = 200;

/**
 * Work that somebody at a screen waits for. It has engine processes of its own, however full the queue of jobs is: one that
 * scores pages which were read before, which never waits for a reading, and others that read, draw and lint. They start when they
 * are needed, and end when nobody needed them for a while.
 */
export class Foreground {
  private readonly scoring: OnDemandPool;
  private readonly reading: OnDemandPool;
  private readonly line: ScoreLine;
  private readonly readings = new SharedReadings<ReadPages>();
  private drawings = 0;
  private facts: { readonly answer: Promise<EngineFacts>; readonly asked: number } | undefined;

  constructor(private readonly options: ForegroundOptions) {
    const { makePool, concurrency, idleMs } = options;
    this.scoring = new OnDemandPool(() => makePool({ concurrency: 1 }), idleMs);
    this.reading = new OnDemandPool(() => makePool({ concurrency }), idleMs);
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
    const read = recalled ?? (await this.read(origin, selection, signal));
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
    if (this.drawings >= MOST_DRAWN) throw tooManyRequests(this.drawings);
    this.drawings++;
    try {
      const origin = originOf(file.contentHash, file.name);
      await using held = await holdBytes(origin, this.options.store);
      const request = { document: held.document, ...size, ...readerChoiceOf(this.options) };
      return await this.reading.use((pool) => pool.draw(request, { signal })).catch(explainLoss);
    } finally {
      this.drawings--;
    }
  }

  /** Says what could be better about rules. @throws DocketError whatever the engine throws */
  lint(rules: readonly Rule[], signal: AbortSignal): Promise<readonly LintFinding[]> {
    return this.reading.use((pool) => pool.lint(rules, { signal }));
  }

  /** What the engine, and what reads for it, is made of. @throws DocketError whatever the engine throws */
  describe(): Promise<EngineFacts> {
    const { facts } = this;
    if (facts && performance.now() - facts.asked < FACTS_AGE_MS) return facts.answer;
    const answer = this.reading.use((pool) => pool.describe(readerChoiceOf(this.options)));
    this.facts = { answer, asked: performance.now() };
    answer.catch(() => {
      this.facts = undefined;
    });
    return answer;
  }

  /** Ends all processes; what runs is rejected. */
  async close(): Promise<void> {
    await Promise.all([this.scoring.close(), this.reading.close()]);
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
      await this.options.store.pages.keep(origin.key, read).catch(() => {});
      return read;
    };
    return this.readings.share(JSON.stringify([origin.key, selection]), begin, signal);
  }
}
