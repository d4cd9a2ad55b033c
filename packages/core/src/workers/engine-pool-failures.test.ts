import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { canListProcesses, engineProcessIds, killUntilSettled } from '../testing/engine-processes.js';
import { fixture, workerIsBuilt } from '../testing/fixtures.js';
import { endlessPdf, linesOfText, pdfOfPages } from '../testing/raw-pdf.js';
import { EnginePool, type EnginePoolOptions } from './engine-pool.js';

const rules = [{ type: 'meeting_minutes', description: 'The record of a meeting: who attended and what was decided' }];
const minutes = { document: fixture('documents/minutes.txt'), rules };
const answered = { result: { ranking: [{ type: 'meeting_minutes' }] } };

function openPool(options: Partial<EnginePoolOptions> = {}) {
  return new EnginePool({
    engine: { scorer: 'evidence' },
    limits: DEFAULT_LIMITS,
    concurrency: 1,
    maxMemoryMb: 1024,
    ...options,
  });
}

/** What a promise came to, without waiting in the wrong order for it to be rejected. */
function settle(promise: Promise<unknown>) {
  return promise.then(
    (value) => ({ value }),
    (error: unknown) => ({ error }),
  );
}

const message = workerIsBuilt ? '' : ' (skipped: packages/core/dist is not built)';

describe.skipIf(!workerIsBuilt)(`EnginePool when things go wrong${message}`, () => {
  it.skipIf(!canListProcesses)('loses one document whose process is killed whatever is done', async () => {
    await using pool = openPool();
    const killed = pool.classify(minutes);
    const lost = settle(killed);
    await killUntilSettled(killed);
    expect(await lost).toMatchObject({ error: { name: 'DocketError', code: 'internal.worker_crashed' } });
    expect(await settle(pool.classify(minutes))).toMatchObject({ value: answered });
    expect(pool.restarts).toBeGreaterThan(0);
  });

  it.skipIf(!canListProcesses)('loses no document with a process that dies while it has nothing to do', async () => {
    await using pool = openPool();
    await pool.classify(minutes);
    const [id] = engineProcessIds();
    process.kill(id as number, 'SIGKILL');
    await vi.waitFor(() => expect(engineProcessIds()).not.toContain(id), { timeout: 20_000 });
    expect(await settle(pool.classify(minutes))).toMatchObject({ value: answered });
  });

  it('ends a reader that spins, and goes on', async () => {
    await using pool = openPool({ limits: { ...DEFAULT_LIMITS, openMs: 3000, pageMs: 500 } });
    await pool.classify(minutes);
    const spinning = settle(pool.classify({ document: { bytes: endlessPdf(), name: 'endless.pdf' }, rules }));
    const next = settle(pool.classify(minutes));
    expect(await spinning).toMatchObject({
      error: {
        code: 'document.timed_out',
        message: expect.stringContaining('raise limits.pageMs'),
        data: { limit: 'limits.pageMs', allowedMs: 3500, pages: 1 },
      },
    });
    expect(await next).toMatchObject({ value: answered });
    expect(pool.restarts).toBeGreaterThanOrEqual(1);
  });

  it('lets no document wait behind one that spins while another process is free', async () => {
    await using pool = openPool({ concurrency: 2, limits: { ...DEFAULT_LIMITS, maxMs: 5000 } });
    await Promise.all([pool.classify(minutes), pool.classify(minutes)]);
    const settled: string[] = [];
    const note = (name: string, promise: Promise<unknown>) => settle(promise).then(() => settled.push(name));
    const spinning = note('spinning', pool.classify({ document: { bytes: endlessPdf(), name: 'endless.pdf' }, rules }));
    const others = Array.from({ length: 5 }, () => note('other', pool.classify(minutes)));
    await Promise.all([spinning, ...others]);
    expect(settled).toEqual(['other', 'other', 'other', 'other', 'other', 'spinning']);
  });

  it('does not work on a document that is called off while the process is at another one', async () => {
    await using pool = openPool();
    await pool.classify(minutes);
    const controller = new AbortController();
    const outcomes = [
      settle(pool.classify(minutes)),
      settle(pool.classify(minutes, { signal: controller.signal })),
      settle(pool.classify(minutes)),
    ];
    controller.abort(new Error('changed my mind'));
    expect(await Promise.all(outcomes)).toMatchObject([
      { value: answered },
      { error: { message: 'changed my mind' } },
      { value: answered },
    ]);
    expect(pool.restarts).toBe(0);
  });

  it('loses no other document to one whose text is too long', async () => {
    await using pool = openPool({ limits: { ...DEFAULT_LIMITS, maxCharacters: 5000, maxMs: 8000 } });
    const lines = Array.from({ length: 2000 }, (_, line) => `line ${line} of a text that goes on and on`);
    const long = pdfOfPages([linesOfText(lines, 0.3)]);
    const documents = [{ bytes: long }, minutes.document, { bytes: long }, minutes.document];
    const outcomes = await Promise.all(documents.map((document) => settle(pool.classify({ document, rules }))));
    const tooLong = { error: { code: 'document.too_large' } };
    expect(outcomes).toMatchObject([tooLong, { value: answered }, tooLong, { value: answered }]);
    expect(pool.restarts).toBe(0);
  });

  it('fails a document that needs too much memory', async () => {
    await using pool = openPool({ maxMemoryMb: 40 });
    const outcome = await settle(pool.classify(minutes));
    expect(outcome).toMatchObject({ error: { code: 'capacity.out_of_memory', data: { maxMemoryMb: 40 } } });
  });

  it('stops a document whose signal aborts, running or waiting', async () => {
    await using pool = openPool();
    const [running, waiting] = [new AbortController(), new AbortController()];
    const outcomes = [
      settle(pool.classify(minutes, { signal: running.signal })),
      settle(pool.classify(minutes, { signal: waiting.signal })),
      settle(pool.classify(minutes)),
    ];
    waiting.abort(new Error('changed my mind'));
    running.abort(new Error('enough'));
    const [first, second, third] = await Promise.all(outcomes);
    expect(first).toMatchObject({ error: { message: 'enough' } });
    expect(second).toMatchObject({ error: { message: 'changed my mind' } });
    expect(third).toMatchObject({ value: answered });
  });

  it('does not start with a signal that aborted before', async () => {
    await using pool = openPool();
    const outcome = await settle(pool.classify(minutes, { signal: AbortSignal.abort(new Error('too late')) }));
    expect(outcome).toMatchObject({ error: { message: 'too late' } });
  });

  it('rejects documents that run or wait when it is closed, and takes no more', async () => {
    const pool = openPool();
    const outcomes = [settle(pool.classify(minutes)), settle(pool.classify(minutes))];
    await pool.close();
    expect(await Promise.all(outcomes)).toMatchObject([
      { error: { name: 'DocketError' } },
      { error: { name: 'DocketError' } },
    ]);
    expect(await settle(pool.classify(minutes))).toMatchObject({ error: { name: 'DocketError' } });
    if (canListProcesses) expect(engineProcessIds()).toEqual([]);
    await pool.close();
  });

  it.each([
    { ending: 'is closed', last: 'await pool.close();' },
    { ending: 'is forgotten', last: '' },
  ])('lets the program end by itself when it $ending', async ({ last }) => {
    const core = fileURLToPath(new URL('../../dist/index.js', import.meta.url));
    const program = `
      import { DEFAULT_LIMITS, EnginePool } from ${JSON.stringify(core)};
      const options = { engine: { scorer: 'evidence' }, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024 };
      const pool = new EnginePool(options);
      const { result } = await pool.classify(${JSON.stringify(minutes)});
      ${last}
      console.log(result.ranking[0].type);`;
    const run = promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { timeout: 40_000 });
    expect((await run).stdout).toBe('meeting_minutes\n');
  });
});
