import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { ReaderLimits } from '../documents/document-reader.js';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import type { PdfReaderName } from '../documents/pdf/pdf-reader-names.js';
import { zipFiles } from '../documents/testing/zip-files.js';
import { canListProcesses, engineProcessIds } from '../testing/engine-processes.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { deflatedPdf } from '../testing/raw-pdf.js';
import { EnginePool, type PooledOptions } from './engine-pool.js';
import type { PooledDocument } from './protocol.js';
import { residentMemoryMb } from './resident-memory.js';
import { type Fault, faulty, misbehavingProcesses, type Step } from './testing/misbehaving.js';

const rules = [{ type: 'meeting_minutes', description: 'The record of a meeting: who attended and what was decided' }];
const good = fixture('documents/minutes.txt');
const OPEN_MS = 2000;
const PAGE_MS = 500;
const MAX_MEMORY_MB = 450;

const HANGS: readonly { step: Step; what: string; data: Record<string, unknown> }[] = [
  {
    step: 'reading',
    what: 'before its pages are counted',
    data: { limit: 'limits.openMs', allowedMs: OPEN_MS },
  },
  {
    step: 'opened',
    what: 'when it is open',
    data: { limit: 'limits.pageMs', allowedMs: OPEN_MS + PAGE_MS, pages: 1 },
  },
];

const CRASHES: readonly { fault: Fault; step: Step; what: string }[] = [
  { fault: 'exit', step: 'reading', what: 'exits' },
  { fault: 'abort', step: 'opened', what: 'aborts' },
  { fault: 'kill', step: 'opened', what: 'is killed' },
];

const MEMORY_FATES: readonly { fault: Fault; what: string }[] = [
  { fault: 'fillHeap', what: 'that fills the heap' },
  { fault: 'fillBuffers', what: 'that fills buffers' },
  { fault: 'fillWebAssembly', what: 'that fills the memory of WebAssembly' },
];

const missing = workerIsBuilt ? '' : ' (skipped: packages/core/dist is not built)';
const missingProc = canListProcesses ? '' : ' (skipped: there is no /proc)';

/** A pool of two whose processes misbehave when they are asked to, for the tests of one `describe`. */
function usePool(limits: ReaderLimits) {
  let pool: EnginePool;
  let faults: Disposable;
  const classify = (document: PooledDocument, options?: PooledOptions, pdfReader?: PdfReaderName) =>
    pool.classify({ document, rules, pdfReader }, options);
  beforeAll(async () => {
    // Until the end: it holds for replacements, too.
    faults = misbehavingProcesses();
    pool = new EnginePool({ engine: { scorer: 'evidence' }, limits, concurrency: 2, maxMemoryMb: MAX_MEMORY_MB });
    await pool.ready();
  });
  afterAll(async () => {
    faults[Symbol.dispose]();
    await pool.close();
  });
  return {
    classify,
    ready: () => pool.ready(),
    restarts: () => pool.restarts,
    /** What a document came to, while others go through the same pool and until the pool is whole again. */
    async fateOf(document: PooledDocument, pdfReader?: PdfReaderName) {
      const { restarts } = pool;
      const fate = classify(document, {}, pdfReader).then(
        () => 'answered',
        (error: unknown) => error,
      );
      const others = await Promise.all(Array.from({ length: 4 }, () => classify(good)));
      expect(others.map(({ result }) => result.ranking[0]?.type)).toEqual(others.map(() => 'meeting_minutes'));
      const came = await fate;
      await pool.ready();
      if (canListProcesses) expect(engineProcessIds()).toHaveLength(2);
      await Promise.all([classify(good), classify(good)]);
      return { came, restarts: pool.restarts - restarts };
    },
  };
}

describe.skipIf(!workerIsBuilt)(`a document that hangs${missing}`, () => {
  const { fateOf } = usePool({ ...DEFAULT_LIMITS, openMs: OPEN_MS, pageMs: PAGE_MS });

  it.each(HANGS)('$what, is ended with the limit that it reached', async ({ step, data }) => {
    const { came, restarts } = await fateOf(faulty('spin', step));
    expect(came).toMatchObject({ name: 'DocketError', code: 'document.timed_out', data });
    expect(restarts).toBe(1);
  });
});

describe.skipIf(!workerIsBuilt)(`one pool, one misbehaving document after the other${missing}`, () => {
  const { classify, fateOf, ready, restarts: restartsSoFar } = usePool({ ...DEFAULT_LIMITS, openMs: 60_000 });

  it.each(CRASHES)('fails a document whose process $what', async ({ fault, step }) => {
    const { came, restarts } = await fateOf(faulty(fault, step));
    expect(came).toMatchObject({ name: 'DocketError', code: 'internal.worker_crashed' });
    expect(restarts).toBe(1);
  });

  it.skipIf(!canListProcesses).each(MEMORY_FATES)(`fails a document $what${missingProc}`, async ({ fault }) => {
    const { came, restarts } = await fateOf(faulty(fault, 'opened'));
    expect(came).toMatchObject({ code: 'capacity.out_of_memory', data: { maxMemoryMb: MAX_MEMORY_MB } });
    expect(restarts).toBe(1);
  });

  it('stops a zip that unpacks to too much by itself, without losing the process', async () => {
    const bomb = zipFiles({
      '[Content_Types].xml': '<Types/>',
      'word/document.xml': new Uint8Array(100 * 1024 * 1024).fill(0x20),
    });
    const { came, restarts } = await fateOf({ bytes: bomb, name: 'bomb.docx' });
    expect(came).toMatchObject({ code: 'document.too_large', data: { limit: 'limits.maxCharacters' } });
    expect(restarts).toBe(0);
  });

  it.each([
    ['pdfium', { growthBytes: MAX_MEMORY_MB * 0.3 * 1024 * 1024 }],
    ['pdfjs', { limit: 'limits.maxCharacters' }],
  ] as const)(
    'stops a PDF stream that unpacks to too much by itself, without losing the process: %s',
    async (reader, data) => {
      const { came, restarts } = await fateOf({ bytes: deflatedPdf(300 * 1024 * 1024), name: 'bomb.pdf' }, reader);
      expect(came).toMatchObject({ code: 'document.too_large', data });
      expect(restarts).toBe(0);
    },
  );

  it('gives a document to another process when one dies before it takes it up', async () => {
    const before = restartsSoFar();
    const answer = classify(faulty('kill', 'message'));
    // The fault is in the document, so the second process dies of it too.
    await expect(answer).rejects.toMatchObject({ code: 'internal.worker_crashed' });
    await ready();
    expect(restartsSoFar() - before).toBe(2);
  });

  it.skipIf(!canListProcesses)(`ends the process of a document that is called off${missingProc}`, async () => {
    const before = engineProcessIds();
    const controller = new AbortController();
    const endless = classify(faulty('spin', 'opened'), { signal: controller.signal });
    // The other process answers this one: the first is at work by then.
    await classify(good);
    controller.abort(new Error('changed my mind'));
    await expect(endless).rejects.toThrow('changed my mind');
    await ready();
    await vi.waitFor(() => expect(engineProcessIds().filter((id) => before.includes(id))).toHaveLength(1));
    expect(engineProcessIds()).toHaveLength(2);
  });

  it.skipIf(!canListProcesses)(
    `replaces an idle process above the ceiling, failing nothing${missingProc}`,
    async () => {
      const before = restartsSoFar();
      await classify(faulty('leak', 'done'));
      await vi.waitFor(() => expect(restartsSoFar() - before).toBe(1), { timeout: 20_000 });
      await ready();
      await Promise.all([classify(good), classify(good)]);
      expect(restartsSoFar() - before).toBe(1);
    },
  );
});

describe.skipIf(!workerIsBuilt)(`a process that does not get ready${missing}`, () => {
  const options = { engine: { scorer: 'evidence' }, limits: DEFAULT_LIMITS, concurrency: 1 } as const;

  it('fails its document after the time for that', async () => {
    using _ = misbehavingProcesses();
    await using pool = new EnginePool({ ...options, maxMemoryMb: 1024, startMs: 3000 });
    await pool.ready();
    const late = pool.classify({ document: faulty('spin', 'started'), rules });
    await expect(late).rejects.toMatchObject({
      code: 'document.timed_out',
      message: expect.stringContaining('raise limits.startMs'),
      data: { limit: 'limits.startMs', allowedMs: 3000 },
    });
  });

  it('does not let anybody wait for it without end', async () => {
    await using pool = new EnginePool({ ...options, maxMemoryMb: 1024, startMs: 1 });
    await expect(pool.ready()).rejects.toMatchObject({ data: { limit: 'limits.startMs' } });
  });

  it.skipIf(!canListProcesses)(`is not started again and again${missingProc}`, async () => {
    await using pool = new EnginePool({ ...options, maxMemoryMb: 1024, startMs: 1 });
    await expect(pool.ready()).rejects.toMatchObject({ name: 'DocketError' });
    expect(pool.restarts).toBe(1);
    // The last one was killed, and may not be gone yet.
    await vi.waitFor(() => expect(engineProcessIds()).toEqual([]));
  });
});

describe.skipIf(!workerIsBuilt || !canListProcesses)(
  `a process that a large document went through${missing}${missingProc}`,
  () => {
    /** Takes most of the memory that the process is given, nearly all of which V8 would leave lying about. */
    const LARGE = Buffer.from(`[${'[],'.repeat(5_500_000)}"Minutes"]`);

    it('gives back what that left, so that the next one is not ended by it', async () => {
      const engine = { scorer: 'evidence' } as const;
      await using pool = new EnginePool({ engine, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 512 });
      await pool.classify({ document: { bytes: LARGE, name: 'large.json' }, rules });
      // It is done by the time the next one is begun with.
      await pool.classify({ document: good, rules });
      expect(residentMemoryMb(engineProcessIds()[0])).toBeLessThan(300);
      expect(pool.restarts).toBe(0);
    });
  },
);
