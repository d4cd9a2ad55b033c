import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Classification, classifyDocument } from '../classify.js';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { toDocketError } from '../errors.js';
import type { Rule } from '../rules/rule-set.js';
import { canListProcesses, engineProcessIds } from '../testing/engine-processes.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { fixtureRules } from '../testing/test-rules.js';
import { EnginePool } from './engine-pool.js';

const DOCUMENTS = [
  'documents/invoice-1p.pdf',
  'documents/encrypted-letter.pdf',
  'documents/email-thread.eml',
  'documents/invoice-zh.pdf',
  'hostile/garbage.pdf',
  'documents/contract-de.docx',
  'documents/unknown-crossword.txt',
  'documents/manual-40p.pdf',
];

type Outcome = Classification | { readonly code: string; readonly message: string; readonly data: unknown };

/** An answer or an error, as plain data. */
async function outcomeOf(classified: Promise<Classification>): Promise<Outcome> {
  try {
    return JSON.parse(JSON.stringify(await classified));
  } catch (error) {
    const { code, message, data } = toDocketError(error);
    return { code, message, data };
  }
}

const message = workerIsBuilt ? '' : ' (skipped: packages/core/dist is not built)';

describe.skipIf(!workerIsBuilt)(`EnginePool${message}`, () => {
  let rules: readonly Rule[];
  let expected: ReadonlyMap<string, Outcome>;

  beforeAll(async () => {
    rules = await fixtureRules();
    const outcomes = await Promise.all(
      DOCUMENTS.map(
        async (name) =>
          [name, await outcomeOf(classifyDocument({ document: fixture(name), rules, explain: true }))] as const,
      ),
    );
    expected = new Map(outcomes);
  });

  it('compares documents that are answered with documents that fail', () => {
    const failed = [...expected.values()].filter((outcome) => 'code' in outcome);
    expect(failed).toHaveLength(2);
  });

  it.each([
    { concurrency: 1, order: 'given', documents: DOCUMENTS },
    { concurrency: 2, order: 'given', documents: DOCUMENTS },
    { concurrency: 2, order: 'reverse', documents: [...DOCUMENTS].reverse() },
  ])('answers as classifyDocument does: $concurrency at once, in $order order', async ({ concurrency, documents }) => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency, maxMemoryMb: 1024 });
    await Promise.all(
      documents.map(async (name) => {
        const pooled = pool.classify({ document: fixture(name), rules, explain: true });
        expect(await outcomeOf(pooled.then(({ result }) => result)), name).toEqual(expected.get(name));
      }),
    );
    expect(pool.restarts).toBe(0);
  });

  it('does not depend on the order of the rules', async () => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
    const reversed = [...rules].reverse();
    for (const name of DOCUMENTS) {
      const pooled = pool.classify({ document: fixture(name), rules: reversed, explain: true });
      expect(await outcomeOf(pooled.then(({ result }) => result)), name).toEqual(expected.get(name));
    }
  });

  it('takes bytes, and says how long a document took', async () => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
    const name = 'documents/email-thread.eml';
    const document = { bytes: await readFile(fixture(name)), name: 'mail.eml' };
    const { result, durationMs } = await pool.classify({ document, rules, explain: true });
    expect(result).toEqual(expected.get(name));
    expect(durationMs).toBeGreaterThan(0);
  });

  it('passes pages, thresholds and the engine on', async () => {
    const engine = { scorer: 'evidence' as const, knowledge: 'none' };
    await using pool = new EnginePool({ engine, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
    const request = { rules, parsing: { targetPages: '2' }, decision: { floor: 1 } };
    const document = fixture('documents/contract-3p.pdf');
    const { result } = await pool.classify({ document, ...request });
    expect(result.pages.selected).toEqual([2]);
    expect(result.type).toBeNull();
    expect(result).toEqual(await classifyDocument({ document, ...request, ...engine }));
  });

  it('hands out the pages that it read, and takes them back instead of the document', async () => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 });
    const path = fixture('documents/contract-3p.pdf');
    const first = await pool.classify({ document: { path, name: 'lease.pdf' }, rules, explain: true, keepPages: true });
    expect(first.result).toEqual(await classifyDocument({ document: path, rules, explain: true }));
    expect(first.timings.readMs).toBeGreaterThan(0);
    const read = (await pool.read({ document: path })).read;
    expect(read).toEqual(first.read);
    const second = await pool.classify({ document: { read }, rules, explain: true });
    expect(JSON.stringify(second.result)).toBe(JSON.stringify(first.result));
    expect(second.read).toBeUndefined();
  });

  it.skipIf(!canListProcesses)('lets its processes stand back behind others', async () => {
    const options = { engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024, niceness: 7 };
    await using pool = new EnginePool(options);
    await pool.classify({ document: fixture('documents/minutes.txt'), rules });
    expect(engineProcessIds().map((id) => getPriority(id))).toEqual([7]);
  });

  it.skipIf(!canListProcesses)('starts as many processes as it is to have ready, of those that it may', async () => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 2, maxMemoryMb: 1024 });
    await pool.ready(1);
    expect(engineProcessIds()).toHaveLength(1);
    await pool.ready(3);
    expect(engineProcessIds()).toHaveLength(2);
  });

  it('loses no process, and no document, to one that it asks back too late', async () => {
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 2, maxMemoryMb: 1024 });
    const page = Buffer.from('Invoice number 17. Total due 12.00 by bank transfer.');
    const document = { bytes: page, name: 'invoice.txt' };
    let waiting = 500;
    // As a server feeds it: two for each process, and the next one when an answer has come.
    const feed = async () => {
      while (waiting-- > 0) await pool.classify({ document, rules });
    };
    await Promise.all([feed(), feed(), feed(), feed()]);
    expect(pool.restarts).toBe(0);
  });

  it('uses as many processes as there are processors when told 0', () => {
    const pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 0, maxMemoryMb: 1024 });
    expect(pool.concurrency).toBeGreaterThanOrEqual(1);
  });
});
