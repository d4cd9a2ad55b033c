import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtInModel } from '@docket/core';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeTinyEmbeddingModel, writeTinyNliModel } from '../../../core/src/testing/tiny-onnx-models.js';
import { runCommand } from '../testing/fake-shell.js';

let folder: string;
let encoder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-models-'));
  encoder = join(folder, 'tiny-encoder');
  await writeTinyEmbeddingModel(encoder);
});

afterEach(() => rm(folder, { recursive: true }));

const docket = (argv: readonly string[], home = 'home') =>
  runCommand(argv, { env: { NO_COLOR: '1', DOCKET_HOME: join(folder, home) }, folder });
const models = (...argv: string[]) => docket(['models', ...argv]);

describe('docket models list', () => {
  test('shows the model that comes with Docket when nothing is installed', async () => {
    const { exitCode, stdout } = await models('list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/docket-static-en +\d\.\d MB +Apache-2.0 +en +static +[0-9a-f]{12} +comes with Docket/);
  });

  test('shows what is installed, and what is broken', async () => {
    await models('import', encoder);
    await models('import', encoder, '--name', 'damaged');
    await writeFile(join(folder, 'home/models/damaged/docket-model.json'), '{}');
    const { exitCode, stdout, stderr } = await models('list');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/tiny-encoder .* embedding +[0-9a-f]{12}$/m);
    expect(stdout).not.toContain('damaged');
    expect(stderr).toMatch(/^broken {2}damaged {2}the manifest .*damaged/);
    const { models: listed, broken } = JSON.parse((await models('list', '--format', 'json')).stdout);
    expect(listed.map(({ name }: { name: string }) => name)).toEqual(['docket-static-en', 'tiny-encoder']);
    expect(broken).toMatchObject([{ name: 'damaged', code: 'model.incompatible' }]);
  });

  test('shows the catalogue and when to choose what', async () => {
    const { stdout } = await models('list', '--catalogue');
    expect(stdout).toContain('all-MiniLM-L6-v2');
    expect(stdout).toContain('docket models pull NAME');
    const entries = JSON.parse((await models('list', '--catalogue', '--format', 'json')).stdout);
    expect(entries).toHaveLength(12);
    expect(entries[0]).toMatchObject({ name: 'potion-base-2M', isInstalled: false });
  });
});

describe('docket models show', () => {
  test('tells what was understood of a model', async () => {
    await models('import', encoder, '--pooling', 'cls', '--rule-prefix', 'query: ', '--max-tokens', '64');
    const { stdout } = await models('show', 'tiny-encoder');
    expect(stdout).toMatch(/embedding +onnx\/model.onnx.*pooling cls.*rules behind "query: ".*window of 64 tokens/);
    expect(stdout).toMatch(/background\.embedding\.json/);
    const { manifest } = JSON.parse((await models('show', 'tiny-encoder', '--format', 'json')).stdout);
    expect(manifest.embedding.prefixes).toEqual({ rule: 'query: ', passage: '' });
  });

  test('knows the built-in model, and those of the catalogue', async () => {
    expect((await models('show', 'docket-static-en')).stdout).toMatch(/origin +comes with Docket/);
    expect((await models('show', 'gte-small')).stdout).toMatch(/not installed; bring it with docket models pull/);
    const entry = JSON.parse((await models('show', 'gte-small', '--format', 'json')).stdout);
    expect(entry).toMatchObject({ name: 'gte-small', isInstalled: false, repository: 'Xenova/gte-small' });
  });

  test('says what there is when a name is unknown', async () => {
    const { exitCode, stderr } = await models('show', 'nope');
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(/the model nope is not installed .*docket models import PATH/);
  });
});

describe('docket models import', () => {
  test('says what was recognised, what was left out, and how to use it', async () => {
    const { exitCode, stdout } = await models('import', encoder);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^tiny-encoder installed: /);
    expect(stdout).toMatch(/left out: onnx\/model_quantized.onnx/);
    expect(stdout).toContain('--scorer embedding --model tiny-encoder');
    expect((await models('import', encoder)).stdout).toContain('was there already, whole');
  });

  test('replaces another model only when asked', async () => {
    await models('import', encoder);
    const other = join(folder, 'other');
    await writeTinyNliModel(other);
    const refused = await models('import', other, '--name', 'tiny-encoder');
    expect(refused.exitCode).not.toBe(0);
    expect(refused.stderr).toContain('--replace');
    const replaced = await models('import', other, '--name', 'tiny-encoder', '--replace');
    expect(replaced.stdout).toMatch(/installed in place of another[\s\S]*zero-shot: .*entailment is label 3 of 3/);
  });

  test.each([
    [['--max-tokens', 'many'], /--max-tokens many is not a window/],
    [['--pooling', 'sum'], /Allowed choices are mean, cls, last_token, none/],
    [['--name', 'docket-static-en'], /comes with Docket; give this one another name with --name/],
    [['--variant', 'q4'], /q4/],
  ])('refuses %s', async (flags, message) => {
    const { exitCode, stderr } = await models('import', encoder, ...flags);
    expect(exitCode).not.toBe(0);
    expect(stderr).toMatch(message);
    expect((await models('list')).stdout).not.toContain('tiny-encoder');
  });

  test('leaves nothing behind of a model that does not run', async () => {
    const graph = join(encoder, 'onnx/model.onnx');
    const bytes = await readFile(graph);
    await writeFile(graph, bytes.subarray(0, bytes.length / 2));
    const { exitCode, stderr } = await models('import', encoder);
    expect(exitCode).not.toBe(0);
    expect(stderr).toContain('model.onnx');
    expect((await models('list')).stdout).not.toContain('tiny-encoder');
  });
});

describe('docket models verify', () => {
  test('reads every file again', async () => {
    expect((await models('verify')).stdout).toBe('no models are installed\n');
    await models('import', encoder);
    await models('import', encoder, '--name', 'changed');
    expect(await models('verify')).toMatchObject({ exitCode: 0 });
    await writeFile(join(folder, 'home/models/changed/config.json'), '{"model_type":"bert"} ');
    const { exitCode, stdout } = await models('verify');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/failed {2}changed .*config\.json/);
    expect(stdout).toMatch(/ok {6}tiny-encoder {2}\d+ files/);
    expect(await models('verify', 'tiny-encoder')).toMatchObject({ exitCode: 0 });
  });

  test('tells a broken model, which fails, from an unknown one, which is wrong usage', async () => {
    await models('import', encoder);
    await writeFile(join(folder, 'home/models/tiny-encoder/docket-model.json'), '{}');
    for (const argv of [['verify'], ['verify', 'tiny-encoder']]) {
      const { exitCode, stdout } = await models(...argv);
      expect(exitCode).toBe(1);
      expect(stdout).toMatch(/^failed {2}tiny-encoder {2}the manifest .*--replace/);
    }
    expect(await models('verify', 'nope')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

describe('docket models bundle', () => {
  test('makes one file that another machine takes, with the same manifest', async () => {
    await models('import', encoder);
    const file = join(folder, 'encoder.tar.gz');
    const { stdout } = await models('bundle', 'tiny-encoder', file);
    const hash = createHash('sha256').update(await readFile(file));
    expect(stdout).toContain(`SHA-256: ${hash.digest('hex')}\n`);
    expect(stdout).toContain('docket models import encoder.tar.gz\n');
    expect((await models('bundle', 'tiny-encoder', file)).stderr).toContain('--replace');
    expect(await models('bundle', 'tiny-encoder', file, '--replace')).toMatchObject({ exitCode: 0 });
    expect(await docket(['models', 'import', file], 'elsewhere')).toMatchObject({ exitCode: 0 });
    const show = ['models', 'show', 'tiny-encoder', '--format', 'json'];
    const [here, there] = [await docket(show), await docket(show, 'elsewhere')].map(({ stdout }) => JSON.parse(stdout));
    expect(there.hashes).toEqual(here.hashes);
    expect(there.manifest.files).toEqual(here.manifest.files);
  });
});

describe('docket models remove', () => {
  test('takes a model away', async () => {
    await models('import', encoder);
    expect((await models('remove', 'tiny-encoder')).stdout).toBe('tiny-encoder removed\n');
    expect((await models('remove', 'tiny-encoder')).stderr).toContain('not installed');
  });
});

test.each(['verify', 'remove'])('docket models %s leaves the model that comes with Docket alone', async (command) => {
  const { exitCode, stderr } = await models(command, 'docket-static-en');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('comes with Docket');
});

describe('docket doctor', () => {
  test('lists the models, and says where no fusion was fitted', async () => {
    await models('import', (await builtInModel()).folder, '--name', 'own-static');
    const env = { NO_COLOR: '1', DOCKET_HOME: join(folder, 'home'), DOCKET_MODEL: 'own-static' };
    const { stdout } = await runCommand(['doctor'], { env, folder });
    expect(stdout).toMatch(/ok +models +own-static \(static\)/);
    expect(stdout).toMatch(/ok +scorer .*own-static.*; fusion not fitted/);
    expect(stdout).toMatch(/ok +transformers +\d+\.\d+\.\d+/);
  });

  test('names the command for a model that is configured and missing, or broken', async () => {
    await models('import', encoder);
    await rm(join(folder, 'home/models/tiny-encoder/tokenizer.json'));
    const env = { NO_COLOR: '1', DOCKET_HOME: join(folder, 'home'), DOCKET_MODEL: 'missing' };
    const { exitCode, stdout } = await runCommand(['doctor'], { env, folder });
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/failed +models .*docket models import PATH --name tiny-encoder --replace, or .* remove/);
    expect(stdout).toMatch(/failed +scorer .*the model missing is not installed.*docket models import/);
  });
});
