import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { writeTinyEmbeddingModel } from '../../packages/core/src/testing/tiny-onnx-models.js';
import { canIsolate, canTrace, isolated, reachedIn, traced } from '../support/network-trace.js';
import { parseLines } from '../support/outcome.js';
import { fixturesFolder, isLong, projectFolder } from '../support/project.js';
import { runDocket, runProcess } from '../support/run-docket.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const TIMEOUT_MS = 180_000;
const tar = ['/usr/bin/tar', '/bin/tar'].find((file) => existsSync(file));

const folder = temporaryFolder({});
const archive = join(folder, 'docket.tar.gz');
const env = { DOCKET_HOME: join(folder, 'home'), CI: undefined };
let printed: string;
let unpacked: string;

beforeAll(async () => {
  if (tar === undefined) return;
  const source = join(projectFolder, 'models', 'static-en');
  expect(await runDocket(['models', 'import', source, '--name', 'own-static'], { env })).toMatchObject({ exitCode: 0 });
  const bundled = await runDocket(['bundle', archive, '--model', 'own-static'], { env });
  expect(bundled).toMatchObject({ exitCode: 0, stderr: '' });
  printed = bundled.stdout;
  unpacked = unpack(archive);
}, TIMEOUT_MS);

function unpack(file: string): string {
  const target = temporaryFolder({});
  expect(spawnSync(tar ?? 'tar', ['xzf', file, '-C', target])).toMatchObject({ status: 0 });
  const [name = ''] = readdirSync(target);
  return join(target, name);
}

interface Manifest {
  readonly node: { readonly abi: string };
  readonly platform: string;
  readonly arch: string;
  readonly libc: { readonly name: string; readonly oldest?: string } | null;
  readonly models: readonly string[];
  readonly packages: readonly { readonly name: string }[];
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly sha256: string }[];
}

const manifestOf = (bundle: string): Manifest => JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8'));

describe.skipIf(tar === undefined)('docket bundle (unpacked with tar)', () => {
  test('names what it needs, and every file', () => {
    const { node, platform, arch, libc, models, files } = manifestOf(unpacked);
    expect({ abi: node.abi, platform, arch, models }).toEqual({
      abi: process.versions.modules,
      platform: process.platform,
      arch: process.arch,
      models: ['own-static'],
    });
    if (platform === 'linux') expect(['glibc', 'musl']).toContain(libc?.name);
    if (libc?.name === 'glibc') expect(libc.oldest).toMatch(/^2\.\d+$/);
    const below = readdirSync(unpacked, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files).toHaveLength(below.length - 1);
    const sha256 = spawnSync('sha256sum', [archive], { encoding: 'utf8' }).stdout.split(' ')[0];
    expect(printed).toContain(`SHA-256: ${sha256}`);
    expect(printed).toContain(`tar xzf docket.tar.gz && ${basename(unpacked)}/docket doctor`);
  });

  test('holds what runs here, and no more', () => {
    const { files, packages } = manifestOf(unpacked);
    const paths = files.map(({ path }) => path);
    const isOfOthers = (path: string) => !path.includes('node_modules/@docket/');
    expect(paths.filter((path) => /\.(?:d\.[cm]?ts|map|o|a|c|cpp|gyp|tsbuildinfo)$/.test(path))).toEqual([]);
    expect(paths.filter((path) => /\/(?:tests?|docs|__tests__)\//.test(path) && isOfOthers(path))).toEqual([]);
    expect(paths.filter((path) => /@docket\/[a-z]+\/src\//.test(path))).toEqual([]);
    expect(paths.filter((path) => path.endsWith('.node'))).toEqual([expect.stringContaining('better_sqlite3.node')]);
    const names = packages.map(({ name }) => name);
    for (const name of ['vitest', 'typescript', 'onnxruntime-node', 'sharp', '@docket/bench']) {
      expect(names).not.toContain(name);
    }
    // Licences of nearly all of them; some packages come without a file.
    expect(paths.filter((path) => /licen[cs]e/i.test(path)).length).toBeGreaterThan(names.length * 0.8);
    expect(paths).toContain('node_modules/@docket/console/dist/index.html');
    // Of these, 18.2 MB were the program with the console, and 4.9 MB the model, when this was written.
    expect(statSync(archive).size).toBeLessThan(25e6);
  });

  test(
    'a bundle makes the same bundle again, byte by byte',
    async () => {
      const again = join(folder, 'again.tar.gz');
      const made = await runProcess([join(unpacked, 'docket'), 'bundle', again, '--models'], {});
      expect(made).toMatchObject({ exitCode: 0, stderr: '' });
      expect(readFileSync(again).equals(readFileSync(archive))).toBe(true);
    },
    TIMEOUT_MS,
  );

  test('every module that the program may ever load is in it', async () => {
    const script = join(projectFolder, 'test', 'support', 'load-every-module.mjs');
    const flag = '--experimental-import-meta-resolve';
    const { stdout } = await runProcess([process.execPath, '--no-warnings', flag, script, unpacked], {});
    const { count, failures } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
    expect(failures).toEqual([]);
    expect(count).toBeGreaterThan(300);
  });

  test('a bundle without transformers.js cannot make one with it', async () => {
    const file = join(folder, 'x.tar.gz');
    const refusal = await runProcess([join(unpacked, 'docket'), 'bundle', file, '--with-transformers'], {});
    expect(refusal).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--with-transformers') });
    expect(existsSync(file)).toBe(false);
  });

  test('names what cannot be had', async () => {
    const missing = await runDocket(['bundle', join(folder, 'x.tar.gz'), '--model', 'nowhere'], { env });
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('the model nowhere is not installed'),
    });
    const taken = await runDocket(['bundle', archive], { env });
    expect(taken).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--replace') });
    const both = await runDocket(['bundle', archive, '--models', '--model', 'own-static'], { env });
    expect(both).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('either --model NAME or --models') });
    const verify = await runDocket(['verify'], { env });
    expect(verify).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('did not come in a bundle') });
  });
});

/** From the archive to results, started by a command that follows nothing or everything. */
function travel(launcher: readonly string[]) {
  const documents = join(fixturesFolder, 'documents');
  const argv = [archive, tar ?? '', join(documents, 'invoice-1p.pdf'), join(fixturesFolder, 'rules.yaml')];
  const journey = join(projectFolder, 'test', 'support', 'bundle-journey.mjs');
  return runProcess([...launcher, process.execPath, journey, ...argv, temporaryFolder({})], { env: { CI: undefined } });
}

describe.skipIf(tar === undefined)('on the other machine, with nothing but Node on the PATH and an empty HOME', () => {
  test.skipIf(!canIsolate && !canTrace)(
    'it unpacks, verifies, classifies, benches, serves and uploads, and reaches nothing beyond this machine (needs unshare -rn and ip, or strace)',
    async () => {
      const log = join(folder, 'journey.log');
      const { exitCode, stdout, stderr } = await travel([
        ...(canIsolate ? isolated : []),
        ...(canTrace ? traced(log) : []),
      ]);
      expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
      expectArrived(JSON.parse(stdout));
      if (!canTrace) return;
      const { loopback, beyond } = reachedIn(log);
      expect(beyond).toEqual([]);
      // The client of the journey, and the server.
      expect(loopback).toContainEqual(expect.stringContaining('connect('));
      expect(loopback).toContainEqual(expect.stringContaining('bind('));
    },
    TIMEOUT_MS,
  );

  test.skipIf(!canTrace).each([
    ['connect', 'require("node:net").connect(9, "192.0.2.1").on("error", () => {})'],
    ['sendmsg', 'const s = require("node:dgram").createSocket("udp4"); s.send("x", 9, "192.0.2.1", () => s.close())'],
    ['connect', 'require("node:net").connect(9, "2001:db8::1").on("error", () => {})'],
  ])('the trace would have seen a %s beyond', async (call, script) => {
    const log = join(temporaryFolder({}), 'beyond.log');
    // Without a network where that can be had: nothing is to leave this machine.
    await runProcess([...(canIsolate ? isolated : []), ...traced(log), process.execPath, '--eval', script], {});
    expect(reachedIn(log).beyond).toContainEqual(expect.stringContaining(call));
  });
});

interface Step {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What every journey comes to. */
function expectArrived(
  results: Readonly<Record<string, Step>> & { readonly served: unknown; readonly report: unknown },
) {
  const { verify, doctor, models, classify, withModel, init, bench, report, served, home } = results;
  for (const step of [verify, doctor, models, classify, withModel, init, bench]) {
    expect(step).toMatchObject({ status: 0, stderr: '' });
  }
  expect(verify?.stdout).toMatch(/^ok {2}docket .* files are what the manifest says\n$/);
  expect(models?.stdout).toContain('own-static');
  for (const step of [classify, withModel]) {
    expect(parseLines(step?.stdout ?? '')).toEqual([expect.objectContaining({ type: 'invoice' })]);
  }
  expect(report).toContain('report.html');
  expect(served).toEqual({
    job: { status: 'COMPLETED', type: 'invoice' },
    docs: [200, 200],
    console: { page: [200, 200], sample: 'contract' },
    exitCode: 0,
  });
  expect(home).toEqual(['.docket']);
}

describe.skipIf(tar === undefined)('a bundle that is not what its manifest says is refused', () => {
  test('by the name of the file, before anything is loaded', () => {
    const path = 'node_modules/@docket/cli/dist/main.js';
    const code = readFileSync(join(unpacked, path), 'utf8');
    writeFileSync(join(unpacked, path), `console.log('loaded');\n${code}`);
    const { status, stdout, stderr } = spawnSync(join(unpacked, 'docket'), ['doctor'], { encoding: 'utf8' });
    writeFileSync(join(unpacked, path), code);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain(`damaged: ${path}`);
  });

  test('when its manifest was changed', () => {
    const file = join(unpacked, 'manifest.json');
    const text = readFileSync(file, 'utf8');
    const changed = text.replace(`"abi": "${process.versions.modules}"`, '"abi": "1"');
    expect(changed).not.toBe(text);
    writeFileSync(file, changed);
    const { status, stderr } = spawnSync(join(unpacked, 'docket'), ['doctor'], { encoding: 'utf8' });
    writeFileSync(file, text);
    expect({ status, stderr }).toEqual({ status: 2, stderr: expect.stringContaining('manifest.json was changed') });
  });
});

describe.runIf(isLong && tar !== undefined)('a bundle with a model that needs transformers.js', () => {
  test(
    'has the runtime of this machine alone, and classifies by the model',
    async () => {
      await writeTinyEmbeddingModel(join(folder, 'tiny-encoder'));
      const imported = await runDocket(['models', 'import', join(folder, 'tiny-encoder')], { env });
      expect(imported).toMatchObject({ exitCode: 0 });
      const file = join(folder, 'transformers.tar.gz');
      const bundled = await runDocket(['bundle', file, '--model', 'tiny-encoder'], { env });
      expect(bundled).toMatchObject({ exitCode: 0, stderr: '' });
      const bundle = unpack(file);
      const runtimes = manifestOf(bundle).files.filter(({ path }) => path.endsWith('onnxruntime_binding.node'));
      expect(runtimes).toHaveLength(1);
      const flags = ['--rules', 'rules.yaml', '--scorer', 'embedding', '--model', 'tiny-encoder', '--format', 'jsonl'];
      const home = { HOME: temporaryFolder({}), CI: undefined };
      const argv = [join(bundle, 'docket'), 'classify', 'documents/minutes.txt', ...flags];
      const classified = await runProcess([...(canIsolate ? isolated : []), ...argv], { env: home });
      expect(classified).toMatchObject({ exitCode: 0, stderr: '' });
      expect(classified.stdout).toContain('embedding/');
    },
    TIMEOUT_MS,
  );
});
