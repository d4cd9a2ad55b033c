import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EnginePool } from '@docket/core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeTinyNliModel } from '../../../core/src/testing/tiny-onnx-models.js';
import { runCommand } from '../testing/fake-shell.js';

const potion = fileURLToPath(new URL('../../../../../shared/models/potion-base-2M', import.meta.url));
const worker = fileURLToPath(new URL('../../../core/dist/workers/engine-worker.js', import.meta.url));
const hasAll = existsSync(join(potion, 'config.json')) && existsSync(worker);
const message = hasAll ? '' : ' (skipped: ../shared/models is not here, or packages/core/dist is not built)';

const RULES = `
- type: invoice
  description: A bill for goods or services, with the amount due.
- type: recipe
  description: Ingredients and steps to cook a dish.
`;
const RECIPE = 'Pancakes. Ingredients: flour, eggs, milk. Whisk the batter, rest it, and fry each side until golden.';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docket-models-'));
  await writeFile(join(folder, 'rules.yaml'), RULES);
  await writeFile(join(folder, 'recipe.txt'), RECIPE);
  await writeTinyNliModel(join(folder, 'tiny-nli'));
});

afterAll(() => rm(folder, { recursive: true }));

const docket = (argv: readonly string[], home = 'home') =>
  runCommand(argv, {
    env: { NO_COLOR: '1', DOCKET_HOME: join(folder, home), DOCKET_CONCURRENCY: '1' },
    folder,
    createPool: (options) => new EnginePool(options),
  });

const classify = (...flags: string[]) => {
  const [document, rules] = [join(folder, 'recipe.txt'), join(folder, 'rules.yaml')];
  return docket(['classify', document, '--rules', rules, '--format', 'jsonl', ...flags]);
};

describe.skipIf(!hasAll)(`potion-base-2M${message}`, () => {
  beforeAll(async () => {
    await docket(['models', 'import', potion]);
    await docket(['models', 'import', join(folder, 'tiny-nli')]);
  });

  test('is recognised for both tasks', async () => {
    const { stdout } = await docket(['models', 'import', potion]);
    expect(stdout).toMatch(/^potion-base-2M was there already, whole/);
    expect(stdout).toMatch(/static: model2vec-native\/model.safetensors/);
    expect(stdout).toMatch(/embedding: onnx\/model.onnx of the family model2vec, pooling mean/);
    expect(stdout).toContain('left out: onnx/model_quantized.onnx (another variant)');
  });

  test.each([
    ['static', 'potion-base-2M', /^static \(static\/\d+:potion-base-2M\//],
    ['embedding', 'potion-base-2M', /^embedding \(embedding\/\d+:potion-base-2M\//],
    ['auto', 'potion-base-2M', /^auto \(evidence\/.*static\/\d+:potion-base-2M\//],
    ['zero-shot', 'tiny-nli', /^zero-shot \(zero-shot\/\d+:tiny-nli\//],
  ])('docket classify --scorer %s --model %s uses it', async (scorer, model, identity) => {
    const { exitCode, stdout, stderr } = await classify('--scorer', scorer, '--model', model);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const result = JSON.parse(stdout);
    expect(result.scorer).toMatch(identity);
    expect(result.ranking.map(({ type }: { type: string }) => type).sort()).toEqual(['invoice', 'recipe']);
    // tiny-nli counts words that the rule and the passage share; it understands none.
    expect(result.type).toBe(model === 'tiny-nli' ? null : 'recipe');
  });

  test.each([
    ['nope', 'static', /the model nope is not installed .*`docket models import PATH`/],
    ['nope', 'auto', /the model nope is not installed .*`docket models import PATH`/],
    ['potion-base-2M', 'zero-shot', /potion-base-2M is not for zero-shot: it can be used for static and embedding/],
  ])('docket classify --model %s --scorer %s says what to do', async (model, scorer, problem) => {
    const { exitCode, stdout, stderr } = await classify('--scorer', scorer, '--model', model);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(problem);
  });

  test('is carried to another machine in one file, verified there, and damage is found', async () => {
    const file = join(folder, 'potion.tar.gz');
    expect(await docket(['models', 'bundle', 'potion-base-2M', file])).toMatchObject({ exitCode: 0 });
    expect((await docket(['models', 'import', file], 'elsewhere')).stdout).toMatch(/^potion-base-2M installed/);
    const [here, there] = [await docket(['models', 'list']), await docket(['models', 'list'], 'elsewhere')];
    const hashes = (text: string) => text.match(/(?:static|embedding) +[0-9a-f]{12}$/gm);
    expect(hashes(there.stdout)).toEqual(hashes(here.stdout));
    expect(hashes(there.stdout)).toHaveLength(2);
    const graph = join(folder, 'elsewhere/models/potion-base-2M/onnx/model.onnx');
    const bytes = await readFile(graph);
    bytes[bytes.length - 100] = (bytes[bytes.length - 100] ?? 0) ^ 1;
    await writeFile(graph, bytes);
    const { exitCode, stdout } = await docket(['models', 'verify'], 'elsewhere');
    expect(exitCode).toBe(1);
    expect(stdout).toMatch(/^failed {2}potion-base-2M {2}.*changed: onnx\/model\.onnx/);
  });

  test('docket doctor loads the configured model and says that its fusion is not fitted', async () => {
    const settings = join(folder, 'settings');
    await mkdir(settings);
    await writeFile(join(settings, 'docket.config.yaml'), 'scorer: embedding\nmodel: potion-base-2M\n');
    const { stdout } = await runCommand(['doctor'], {
      env: { NO_COLOR: '1', DOCKET_HOME: join(folder, 'home') },
      folder: settings,
      createPool: (options) => new EnginePool(options),
    });
    expect(stdout).toMatch(/^ok +models +potion-base-2M \(static, embedding\), tiny-nli \(zero-shot\)$/m);
    expect(stdout).toMatch(/^ok +scorer +embedding \(embedding\/\d+:potion-base-2M\/.*; fusion not fitted/m);
    expect(stdout).toMatch(/^ok +transformers +\d+\.\d+\.\d+$/m);
  });
});
