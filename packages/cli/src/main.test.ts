import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { type ClassifyRequest, DocketError, type EnginePoolOptions } from '@docket/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Interruption } from './shell.js';
import { classification, fakePool, runCommand } from './testing/fake-shell.js';

let folder: string;
let rules: string;
let documents: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-run-'));
  rules = join(folder, 'rules.yaml');
  await writeFile(rules, '- type: invoice\n  description: A bill for goods or services\n');
  documents = ['a.txt', 'b.txt', 'c.txt'].map((name) => join(folder, name));
  for (const path of documents) await writeFile(path, 'text');
});

afterAll(() => rm(folder, { recursive: true }));

function poolThat(classify: Parameters<typeof fakePool>[0]) {
  return { createPool: () => fakePool(classify) };
}

describe('exit status', () => {
  test('0 when every document was classified, null too', async () => {
    const pool = poolThat(() => classification({ type: null }));
    const { exitCode, stdout, stderr } = await runCommand(['classify', folder, '--rules', rules], pool);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('3 documents: 0 classified, 3 without a match, 0 failed');
    expect(stderr).toBe('');
  });

  test('1 when some failed, and the others are there', async () => {
    const pool = poolThat(({ document }) => {
      if (document === documents[1]) throw new DocketError('document.encrypted', 'needs a password');
      return classification();
    });
    const { exitCode, stdout } = await runCommand(['classify', folder, '-r', rules, '-f', 'jsonl'], pool);
    expect(exitCode).toBe(1);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ path }) => path)).toEqual(documents);
    expect(lines.map(({ error }) => error?.code)).toEqual([undefined, 'document.encrypted', undefined]);
  });

  test('1 for a path that leads nowhere', async () => {
    const { exitCode, stdout } = await runCommand(['classify', '/no/such', '-r', rules, '-f', 'jsonl']);
    expect(exitCode).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ path: '/no/such', error: { code: 'resource.file_not_found' } });
  });

  test.each([
    [['--rules', '/no/rules.yaml'], /the rule file .* cannot be read/],
    [[], /required option/],
    [['--rules', 'RULES', '--nonsense'], /unknown option/],
    [['--rules', 'RULES', '--format', 'xml'], /Allowed choices are table, json, jsonl, csv/],
    [['--rules', 'RULES', '--max-pages', '0'], /at least 1/],
    [['--rules', 'RULES', '--target-pages', '3-1'], /ends before it begins/],
    [['--rules', 'RULES', '--lang', '?'], /language code/],
    [['--rules', 'RULES', '--scorer', 'magic'], /setting scorer/],
    [['--rules', 'RULES', '--concurrency', 'many'], /setting concurrency/],
    [['--rules', 'RULES', '--pdf-reader', 'acrobat'], /setting pdf\.reader.*"acrobat"/],
    [['--rules', 'RULES', '--ocr-engine', 'eyes'], /setting ocrEngine.*"eyes"/],
    [['--rules', 'RULES', '--ocr-max-pages', 'few'], /setting ocrMaxPages/],
    [['--rules', 'RULES', '--output', '/no/such/file.csv'], /output file/],
  ])('2 for wrong usage: %j', async (flags, message) => {
    const argv = ['classify', folder, ...flags.map((flag) => (flag === 'RULES' ? rules : flag))];
    const { exitCode, stdout, stderr } = await runCommand(argv);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^docket: /);
    expect(stderr).toMatch(message);
  });

  test('2 for an invalid rule file and an invalid configuration', async () => {
    const bad = join(folder, '.bad.yaml');
    await writeFile(bad, '- type: x\n  description: short\n');
    expect(await runCommand(['classify', folder, '-r', bad])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/line 2/),
    });
    const env = { DOCKET_CONCURRENCY: '-1' };
    expect(await runCommand(['config'], { env })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/DOCKET_CONCURRENCY/),
    });
  });

  test('2 when the scorer is not installed', async () => {
    const pool = poolThat(() => {
      throw new DocketError('model.not_installed', 'the scorer embedding is not here');
    });
    const finished = await runCommand(['classify', folder, '-r', rules, '--scorer', 'embedding', '-f', 'csv'], pool);
    expect(finished).toMatchObject({ exitCode: 2, stderr: 'docket: the scorer embedding is not here\n' });
  });

  test('2 for no command and an unknown one, 0 for help and version', async () => {
    expect(await runCommand([])).toMatchObject({
      exitCode: 2,
      stdout: '',
      stderr: expect.stringMatching(/Usage: docket/),
    });
    expect(await runCommand(['clasify'])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/Did you mean classify/),
    });
    expect(await runCommand(['classify', '--help'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/Examples:/),
      stderr: '',
    });
    expect(await runCommand(['--version'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    });
  });

  test('that of the signal when interrupted; the output file is not touched', async () => {
    const controller = new AbortController();
    const createPool = () =>
      fakePool(() => {
        controller.abort(new Interruption(130));
        return new Promise(() => {});
      });
    const output = join(folder, '.interrupted.csv');
    const shell = { signal: controller.signal, createPool };
    const finished = await runCommand(['classify', folder, '-r', rules, '-o', output], shell);
    expect(finished).toMatchObject({ exitCode: 130, stderr: '' });
    await expect(readFile(output)).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('a closed pipe ends quietly', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' })),
    });
    const finished = await runCommand(['classify', folder, '-r', rules, '-f', 'jsonl'], { stdout: closed });
    expect(finished).toMatchObject({ exitCode: 0, stderr: '' });
  });
});

describe('classify', () => {
  async function requestsOf(argv: readonly string[], env: Record<string, string> = {}) {
    const requests: ClassifyRequest[] = [];
    const pools: EnginePoolOptions[] = [];
    const createPool = (options: EnginePoolOptions) => {
      pools.push(options);
      return fakePool((request) => {
        requests.push(request);
        return classification();
      });
    };
    await runCommand(['classify', ...argv, '-r', rules], { createPool, env });
    return { requests, pool: pools[0] };
  }

  test('hands flags, rule file and configuration on', async () => {
    const { requests, pool } = await requestsOf(
      [
        documents[0] ?? '',
        '--target-pages',
        '2',
        '--lang',
        'de',
        '--explain',
        '--scorer',
        'static',
        '--pdf-reader',
        'pdfjs',
        '--concurrency',
        '3',
      ],
      {
        DOCKET_LIMITS_OPEN_MS: '5000',
        DOCKET_LIMITS_PAGE_MS: '100',
        DOCKET_LIMITS_MAX_MS: '7000',
        DOCKET_LIMITS_MODEL_MS: '0',
        DOCKET_LIMITS_START_MS: '9000',
        DOCKET_KNOWLEDGE: 'none',
        DOCKET_SCORER: 'evidence',
      },
    );
    expect(pool).toMatchObject({
      engine: { scorer: 'static', knowledge: 'none' },
      limits: { openMs: 5000, pageMs: 100, maxMs: 7000 },
      modelMs: 0,
      startMs: 9000,
      maxMemoryMb: 1024,
      concurrency: 3,
    });
    expect(requests).toMatchObject([
      {
        document: documents[0],
        parsing: { targetPages: '2', lang: 'de' },
        pdfReader: 'pdfjs',
        explain: true,
        rules: [{ type: 'invoice' }],
      },
    ]);
  });

  test('reads standard input', async () => {
    const { requests } = await requestsOf(['-']);
    expect(requests).toMatchObject([{ document: { bytes: Buffer.from('text') } }]);
  });

  test('writes a file whose extension says the format, and nothing to standard output', async () => {
    const output = join(folder, '.results.json');
    const { exitCode, stdout } = await runCommand(['classify', folder, '-r', rules, '-o', output]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: '' });
    expect(JSON.parse(await readFile(output, 'utf8'))).toHaveLength(3);
  });

  test('says that a folder is empty', async () => {
    const empty = await mkdtemp(join(folder, '.empty-'));
    const { exitCode, stdout, stderr } = await runCommand(['classify', empty, '-r', rules]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'no documents\n' });
    expect(stderr).toContain(`no document in the folder ${empty}`);
  });
});

describe('other commands', () => {
  test('config tells where values come from', async () => {
    const env = { DOCKET_PAGES_DEFAULT_MAX: '3', NO_COLOR: '1' };
    const { stdout } = await runCommand(['config'], { env });
    expect(stdout).toMatch(/^pages\.defaultMax +3 +environment \(DOCKET_PAGES_DEFAULT_MAX\)$/m);
    const settings = JSON.parse((await runCommand(['config', '--format', 'json'], { env })).stdout);
    expect(settings).toContainEqual({
      key: 'pages.defaultMax',
      value: 3,
      source: 'environment',
      origin: 'DOCKET_PAGES_DEFAULT_MAX',
    });
  });

  test('doctypes lists types and shows one', async () => {
    const list = JSON.parse((await runCommand(['doctypes', '--format', 'json'])).stdout);
    expect(list).toContainEqual({
      id: 'invoice',
      name: 'invoice',
      cues: expect.any(Number),
      languages: expect.arrayContaining(['en', 'de']),
    });
    const shown = await runCommand(['doctypes', 'show', 'invoice']);
    expect(shown).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/Strong cues\n {2}en: invoice number/) });
    const unknown = await runCommand(['doctypes', 'show', 'invoce']);
    expect(unknown).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/did you mean invoice/) });
  });

  test('doctor tells what is wrong and ends with 1', async () => {
    // What reads scans has a test of its own.
    const env = { DOCKET_OCR: 'off' };
    const well = await runCommand(['doctor'], { env });
    expect(well).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^ok +self-test +a plain invoice was classified as invoice/m),
    });
    const pool = poolThat(() => classification({ type: 'recipe' }));
    const ill = await runCommand(['doctor'], { ...pool, env });
    expect(ill).toMatchObject({
      exitCode: 1,
      stdout: expect.stringMatching(/^failed +self-test .*\n\n1 check failed\n$/m),
    });
  });
});
