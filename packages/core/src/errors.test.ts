import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClassifyOptions, classifyDocument } from './classify.js';
import { loadConfiguration } from './configuration/load-configuration.js';
import { calibrationOf } from './decision/calibration.js';
import { DEFAULT_LIMITS } from './documents/limits.js';
import { concernsEveryDocument, DocketError, ERROR_CODES, type ErrorCode, toDocketError } from './errors.js';
import { readKnowledgeFolder } from './knowledge/compile-knowledge.js';
import { loadKnowledge } from './knowledge/load-knowledge.js';
import { ModelRegistry } from './models/model-registry.js';
import { readRuleFile } from './rules/rule-file.js';
import { StaticModel } from './scoring/static/static-model.js';
import { killUntilSettled } from './testing/engine-processes.js';
import { fixture, workerIsBuilt } from './testing/fixtures.js';
import { endlessPdf } from './testing/raw-pdf.js';
import { EnginePool, type EnginePoolOptions } from './workers/engine-pool.js';

const RULES = [{ type: 'invoice', description: 'A bill with an invoice number and a total due' }];

/** The beginning of a HEIC. */
const heic = Buffer.from('000000186674797068656963000000006d69663168656963', 'hex');

/** Codes that no function of this package throws, and who tests them. */
const ELSEWHERE = {
  'request.invalid_usage': 'packages/cli',
  'request.stale_tuning': 'packages/core/src/classify.test.ts',
  'request.invalid_body': 'packages/server',
  'request.invalid_input': 'packages/server',
  'request.invalid_page_token': 'packages/server',
  'request.unsupported_media_type': 'packages/server',
  'request.too_large': 'packages/store',
  'auth.missing_key': 'packages/server',
  'auth.invalid_key': 'packages/server',
  'auth.forbidden_host': 'packages/server',
  'auth.forbidden_origin': 'packages/server',
  'auth.invalid_signature': 'packages/server',
  'resource.not_found': 'packages/server',
  'resource.document_deleted': 'packages/server',
  'state.ended': 'packages/server',
  'state.active': 'packages/server',
  'state.superseded': 'packages/server',
  'state.name_taken': 'packages/server',
  'state.data_folder_in_use': 'packages/store',
  'state.database_too_new': 'packages/store',
  'state.database_locked': 'packages/store',
  'state.database_unreachable': 'packages/store',
  'state.data_folder_unwritable': 'packages/store',
  'capacity.too_many_jobs': 'packages/server',
  'capacity.too_many_requests': 'packages/server',
  'capacity.disk_full': 'packages/server',
} as const satisfies Partial<Record<ErrorCode, string>>;

/** Codes of processes, which need the built worker. */
const IN_PROCESSES: ReadonlySet<ErrorCode> = new Set([
  'document.timed_out',
  'capacity.out_of_memory',
  'internal.worker_crashed',
]);

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-errors-'));
  await writeFile(join(folder, 'broken.yaml'), 'id: other_name\nname: x\n');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function classify(document: ClassifyOptions['document'], options: Partial<ClassifyOptions> = {}) {
  return classifyDocument({ document, rules: RULES, scorer: 'evidence', ...options });
}

async function inPool(
  document: string | { bytes: Uint8Array },
  options: Partial<EnginePoolOptions>,
  started: (classified: Promise<unknown>) => unknown = () => {},
) {
  const engine = { scorer: 'evidence' as const };
  await using pool = new EnginePool({ engine, limits: DEFAULT_LIMITS, concurrency: 1, maxMemoryMb: 1024, ...options });
  const classified = pool.classify({ document, rules: RULES });
  await started(classified);
  return await classified;
}

const minutes = fixture('documents/minutes.txt');
const threePages = fixture('documents/contract-3p.pdf');
const garbage = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 89) % 256 || 3));

/** Every code, with the calls that end in it. A code without an entry does not compile, and fails below. */
const PROVOKED: Record<Exclude<ErrorCode, keyof typeof ELSEWHERE>, Record<string, () => Promise<unknown>>> = {
  'request.invalid_page_selection': {
    'malformed pages': () => classify(minutes, { parsing: { targetPages: '1,,3' } }),
    'no pages at all': () => classify(minutes, { parsing: { maxPages: 0 } }),
  },
  'request.invalid_rules': {
    'no rule': () => classify(minutes, { rules: [] }),
    'a short description': () => classify(minutes, { rules: [{ type: 'a', description: 'short' }] }),
  },
  'request.invalid_configuration': {
    'a wrong value': () => loadConfiguration({ flags: { concurrency: 'many' }, environment: {}, folder }),
  },
  'resource.file_not_found': {
    'a missing document': () => classify(join(folder, 'nothing.pdf')),
    'a missing rule file': () => readRuleFile(join(folder, 'nothing.yaml')),
  },
  'resource.unreadable': { 'a folder': () => classify(folder) },
  'document.encrypted': { 'a PDF with a password': () => classify(fixture('documents/encrypted-letter.pdf')) },
  'document.corrupt': {
    'an empty file': () => classify(fixture('hostile/zero-byte.pdf')),
    'no bytes': () => classify(new Uint8Array()),
    'a truncated PDF': () => classify(fixture('hostile/truncated.pdf')),
    'a PDF of noise': () => classify(fixture('hostile/garbage.pdf')),
  },
  'document.unsupported_type': {
    'a photo of a phone': () => classify({ bytes: heic, name: 'a.heic' }),
    'unknown binary data': () => classify({ bytes: garbage, name: 'what.bin' }),
  },
  'document.no_text': {
    'a scan, without OCR': () => classify(fixture('documents/scanned-receipt.pdf'), { ocr: 'off' }),
    blanks: () => classify(Buffer.from(' \n\n ')),
  },
  'document.too_large': {
    'by bytes, from a file': () => classify(minutes, { limits: { maxBytes: 10 } }),
    'by bytes, from memory': () => classify(Buffer.from('some text'), { limits: { maxBytes: 3 } }),
    'by pages': () => classify(threePages, { limits: { maxPages: 2 } }),
    'by characters of a page': () => classify(minutes, { limits: { maxCharacters: 50 } }),
    'by characters of a PDF': () => classify(threePages, { limits: { maxCharacters: 50 } }),
  },
  'document.timed_out': {
    'a page that takes hours': () => inPool({ bytes: endlessPdf() }, { limits: { ...DEFAULT_LIMITS, maxMs: 1000 } }),
    'a document that does not open': () => inPool(minutes, { limits: { ...DEFAULT_LIMITS, openMs: 1 } }),
    'an engine that is not ready': () => inPool(minutes, { startMs: 1 }),
  },
  'document.no_pages_selected': {
    'pages past the end': () => classify(threePages, { parsing: { targetPages: '7-9' } }),
  },
  'model.not_installed': {
    'a scorer without a model': () => classify(minutes, { scorer: 'zero-shot', modelsFolder: folder }),
    'a model that is named and not installed': () =>
      classify(minutes, { scorer: 'auto', model: 'other', modelsFolder: folder }),
    'a model whose files are gone': () => StaticModel.load({ folder: join(folder, 'no-model') }),
    'knowledge that was not built': () => loadKnowledge({ compiledFile: join(folder, 'no.json') }),
  },
  'model.incompatible': {
    'an engine that nothing was fitted for': async () =>
      calibrationOf({ layout: { numbers: {}, shares: {} }, engines: {} }, { scorer: 'auto', hasKnowledge: true }),
  },
  'model.checksum_mismatch': {
    'a model whose file was changed': async () => {
      const models = join(folder, 'models');
      await new ModelRegistry({ folder: models }).import(staticModelFolder, { name: 'changed' });
      await appendFile(join(models, 'changed', 'tokenizer.json'), ' ');
      return new ModelRegistry({ folder: models }).verify('changed');
    },
  },
  'model.invalid_knowledge': {
    'a broken type': () => classify(minutes, { knowledge: folder }),
    'an empty folder': () => readKnowledgeFolder(join(folder, 'nowhere')),
  },
  'capacity.out_of_memory': { 'less memory than any document needs': () => inPool(minutes, { maxMemoryMb: 40 }) },
  'internal.worker_crashed': {
    'a process that is killed': () => inPool(minutes, {}, killUntilSettled),
  },
  'internal.unexpected': {
    'anything else': async () => {
      throw toDocketError(new TypeError('x is not a function'));
    },
  },
};

describe.each(Object.entries(PROVOKED) as [ErrorCode, Record<string, () => Promise<unknown>>][])('%s', (code, ways) => {
  it.skipIf(IN_PROCESSES.has(code) && !workerIsBuilt).each(Object.entries(ways))('%s', async (_, provoke) => {
    const error = await provoke().then(
      () => 'nothing was thrown',
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(DocketError);
    expect(error).toMatchObject({ name: 'DocketError', code });
    expect((error as DocketError).message.length).toBeGreaterThan(20);
  });
});

describe('error codes', () => {
  it('are all provoked by some test', () => {
    expect([...Object.keys(PROVOKED), ...Object.keys(ELSEWHERE)].sort()).toEqual([...ERROR_CODES].sort());
  });
});

describe('toDocketError', () => {
  it('leaves a DocketError alone', () => {
    const error = new DocketError('document.corrupt', 'the file is empty');
    expect(toDocketError(error)).toBe(error);
  });

  it.each([new Error('boom'), 'boom'])('keeps what was thrown as the cause', (thrown) => {
    expect(toDocketError(thrown)).toMatchObject({ code: 'internal.unexpected', cause: thrown });
    expect(toDocketError(thrown).message).toContain('boom');
  });
});

describe('concernsEveryDocument', () => {
  it('tells what no document can do without from what one of them needs', () => {
    const isOfAll = (...error: ConstructorParameters<typeof DocketError>) =>
      concernsEveryDocument(new DocketError(...error));
    expect(isOfAll('model.not_installed', 'no such model')).toBe(true);
    expect(isOfAll('request.invalid_rules', 'no rules')).toBe(true);
    expect(isOfAll('document.corrupt', 'damaged')).toBe(false);
    expect(isOfAll('model.not_installed', 'no such language', { data: { scope: 'document' } })).toBe(false);
  });
});

describe('messages', () => {
  it('say what a file is and what is supported', async () => {
    await expect(classify({ bytes: heic, name: 'a.heic' })).rejects.toThrow(/HEIC.*PDF.*DOCX.*convert it to JPEG/);
  });

  it('name the pages without text', async () => {
    await expect(classify(fixture('documents/scanned-receipt.pdf'), { ocr: 'off' })).rejects.toThrow(/page 1\b/);
  });

  it('name the setting that raises a limit', async () => {
    await expect(classify(minutes, { limits: { maxBytes: 10 } })).rejects.toThrow(/limits\.maxBytes/);
    await expect(classify(threePages, { limits: { maxPages: 2 } })).rejects.toThrow(/limits\.maxPages/);
    await expect(classify(minutes, { limits: { maxCharacters: 50 } })).rejects.toThrow(/limits\.maxCharacters/);
  });

  it('say where the document ends', async () => {
    await expect(classify(threePages, { parsing: { targetPages: '7-9' } })).rejects.toThrow(/7-9.*page 3/);
  });
});
