import type {
  Classification,
  ClassifyRequest,
  EngineFacts,
  LintFinding,
  PooledClassification,
  PooledOptions,
  PooledReading,
  ReadPages,
  ReadRequest,
} from '@docket/core';

const TIMINGS = { readMs: 2, scoreMs: 1 };

/** One page, as an engine process hands it out. */
export const ONE_PAGE: ReadPages = {
  head: { format: 'txt', pageCount: 1, readerIdentity: 'txt-3' },
  pages: [{ number: 1, data: Buffer.from('a page record') }],
};

/** A classification as the engine gives it. */
export function classification(changes: Partial<Classification> = {}): Classification {
  return {
    type: 'invoice',
    confidence: 0.9,
    reasoning: 'Page 1 reads "Total due".',
    reasoningWithoutQuotes: 'Page 1 reads [removed].',
    ranking: [{ type: 'invoice', confidence: 0.9 }],
    pages: { total: 1, selected: [1], read: [1] },
    scorer: 'fake',
    explanation: { language: 'en', format: 'txt', labels: [], floor: 0.1, margin: 0.1 },
    ...changes,
  };
}

/** Work that a {@link FakePool} was given and that the test ends. */
export interface HeldWork {
  readonly request: ClassifyRequest;
  readonly signal: AbortSignal | undefined;
  readonly finish: (result?: Classification) => void;
  readonly fail: (error: Error) => void;
}

/** An engine pool without processes. Answers the engine's self-test; other work at once, or when the test says so. */
export class FakePool {
  readonly concurrency = 2;
  readonly restarts = 0;
  readonly requests: ClassifyRequest[] = [];
  readonly reads: ReadRequest[] = [];
  readonly held: HeldWork[] = [];
  /** How many processes were to be ready, each time that this was asked for. */
  readonly readied: (number | undefined)[] = [];
  /** Whether work waits for the test. */
  holds = false;
  isClosed = false;
  /** What reading a document ends in, if not in a page. */
  readError: Error | undefined;
  /** Why no process gets ready, if none does. */
  readyError: Error | undefined;
  /** What readings wait for, if anything. */
  heldReads: Promise<void> | undefined;
  private waiters: (() => void)[] = [];

  async classify(request: ClassifyRequest, { signal }: PooledOptions = {}): Promise<PooledClassification> {
    if (isSelfTest(request)) return this.answer(request, classification());
    this.requests.push(request);
    if (!this.holds) return this.answer(request, classification());
    const result = await new Promise<Classification>((resolve, reject) => {
      this.held.push({ request, signal, finish: (given = classification()) => resolve(given), fail: reject });
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
      for (const waiter of this.waiters.splice(0)) waiter();
    });
    return this.answer(request, result);
  }

  async read(request: ReadRequest, { signal }: PooledOptions = {}): Promise<PooledReading> {
    this.reads.push(request);
    if (this.readError) throw this.readError;
    if (this.heldReads) await untilEither(this.heldReads, signal);
    return { read: ONE_PAGE, timings: TIMINGS };
  }

  async draw(): Promise<Uint8Array> {
    return new Uint8Array();
  }

  async lint(): Promise<readonly LintFinding[]> {
    return [];
  }

  async describe(): Promise<EngineFacts> {
    return { identity: 'fake', isFitted: true, knowledge: { identity: 'none', types: 0, languages: [] } };
  }

  async ready(count?: number): Promise<void> {
    this.readied.push(count);
    if (this.readyError) throw this.readyError;
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** Waits until so much work is held. */
  async untilHeld(count: number): Promise<void> {
    while (this.held.length < count) await new Promise<void>((resolve) => this.waiters.push(resolve));
  }

  private answer({ keepPages }: ClassifyRequest, result: Classification): PooledClassification {
    return { result, timings: TIMINGS, durationMs: 3, ...(keepPages ? { read: ONE_PAGE } : {}) };
  }
}

function untilEither(promise: Promise<void>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    promise.then(resolve, reject);
  });
}

function isSelfTest({ document }: ClassifyRequest): boolean {
  return typeof document === 'object' && 'bytes' in document;
}
