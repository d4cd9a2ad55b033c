import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { doctypesFolder } from '@docket/models';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { classifyDocument } from '../classify.js';
import { DEFAULT_LIMITS } from '../documents/limits.js';
import { toDocketError } from '../errors.js';
import { fixture } from '../testing/fixtures.js';
import { fixtureRules } from '../testing/test-rules.js';
import { EnginePool } from '../workers/engine-pool.js';

const folder = fileURLToPath(new URL('../../dist/bundled/', import.meta.url));
const isBuilt = existsSync(folder);
const reason = isBuilt ? '' : ' (skipped: packages/core/dist/bundled is not built)';
const samples = join(doctypesFolder, 'samples');
const documents = [
  ...readdirSync(fixture('documents')).map((name) => fixture(`documents/${name}`)),
  ...readdirSync(samples)
    .filter((_, index) => index % 12 === 0)
    .map((name) => join(samples, name)),
];

function failure(thrown: unknown) {
  const { code, message } = toDocketError(thrown);
  return { code, message };
}

describe.skipIf(!isBuilt)(`the bundle of the engine process${reason}`, () => {
  it('answers as the modules do, document by document', async () => {
    const rules = await fixtureRules();
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 2048 });
    for (const document of documents) {
      const request = { document, rules, explain: true };
      const bundled = await pool.classify(request).then(({ result }) => result, failure);
      const direct = await classifyDocument(request).catch(failure);
      expect(JSON.stringify(bundled), document).toBe(JSON.stringify(direct));
    }
  });

  it('compiles no PDFium: the build did', async () => {
    const home = mkdtempSync(join(tmpdir(), 'docket-bundled-'));
    onTestFinished(() => rmSync(home, { recursive: true }));
    const noCompiler = join(home, 'no-compiler.cjs');
    writeFileSync(noCompiler, 'WebAssembly.compile = () => process.exit(3);');
    vi.stubEnv('NODE_OPTIONS', `--require ${noCompiler}`);
    onTestFinished(() => void vi.unstubAllEnvs());
    await using pool = new EnginePool({ engine: {}, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 2048 });
    const request = { document: fixture('documents/invoice-1p.pdf'), rules: await fixtureRules(), pdfReader: 'pdfium' };
    expect((await pool.classify(request)).result.type).toBe('invoice');
  });

  it('is ASCII, of which V8 keeps a byte a character', () => {
    for (const name of ['engine-worker.cjs', 'pdfjs.cjs']) {
      expect(readFileSync(join(folder, name)).every((byte) => byte < 0x80)).toBe(true);
    }
  });
});
