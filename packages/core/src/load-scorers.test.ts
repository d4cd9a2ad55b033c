import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { calibrationFile, compiledKnowledgeFile } from '@docket/models';
import { beforeAll, describe, expect, it } from 'vitest';
import { classifyDocument } from './classify.js';
import { loadCalibration } from './decision/calibration.js';
import { type EngineOptions, loadEngine } from './engine.js';
import { installModel } from './install-model.js';
import { loadKnowledge } from './knowledge/load-knowledge.js';
import { loadScorers, type ScorerChoice } from './load-scorers.js';
import { modelHash } from './models/model-hash.js';
import { ModelRegistry } from './models/model-registry.js';
import { temporaryFolder } from './models/testing/made-models.js';
import type { Scorer } from './scoring/scorer.js';
import { fixture } from './testing/fixtures.js';
import { placeForModels } from './testing/temporary-models.js';
import { fixtureRules } from './testing/test-rules.js';
import { writeTinyEmbeddingModel, writeTinyNliModel } from './testing/tiny-onnx-models.js';

const potion = fileURLToPath(new URL('../../../../shared/models/potion-base-2M', import.meta.url));
const hasPotion = existsSync(join(potion, 'config.json'));

const place = placeForModels();

/** Registries: of one model for each scorer, and of two for one. */
let few: ModelRegistry;
let many: ModelRegistry;
let choice: Omit<ScorerChoice, 'scorer'>;

beforeAll(async () => {
  const calibration = await loadCalibration(calibrationFile);
  const { layout, engines } = calibration;
  const knowledge = await loadKnowledge({ compiledFile: compiledKnowledgeFile });
  choice = { knowledge, layout, fusion: engines['auto']?.fusion ?? {} };
  await writeTinyEmbeddingModel(place('tiny-encoder'));
  await writeTinyNliModel(place('tiny-nli'));
  few = new ModelRegistry({ folder: place('few') });
  many = new ModelRegistry({ folder: place('many') });
  await installModel(few, place('tiny-encoder'));
  await installModel(few, place('tiny-nli'));
  if (hasPotion) await installModel(few, potion, { name: 'potion' });
  for (const name of ['one', 'other']) await many.import(place('tiny-encoder'), { name });
});

async function namesAndIdentities(scorer: ScorerChoice['scorer'], model?: string) {
  const { scorers, ...linked } = await loadScorers({ ...choice, scorer, model, modelsFolder: few.folder });
  const identity = (one: Scorer) => one.identity;
  return { names: scorers.map(({ name }) => name), identities: scorers.map(identity), model: linked.model };
}

describe('an installed model', () => {
  const cases = [
    ['embedding', 'tiny-encoder', 'embedding', 'onnx/model.onnx'],
    ['zero-shot', 'tiny-nli', 'zero-shot', 'onnx/model.onnx'],
    ['auto', 'tiny-encoder', 'embedding', 'onnx/model.onnx'],
    ['auto', 'tiny-nli', 'zero-shot', 'onnx/model.onnx'],
    ...(hasPotion
      ? ([
          ['static', 'potion', 'static', 'model2vec-native/model.safetensors'],
          ['embedding', 'potion', 'embedding', 'onnx/model.onnx'],
          ['auto', 'potion', 'static', 'model2vec-native/model.safetensors'],
        ] as const)
      : []),
  ] as const;

  it.each(cases)(
    'is named, with variant and hash, by the scorer that uses it: %s, %s',
    async (scorer, name, task, variant) => {
      const { manifest } = await few.get(name);
      const hash = modelHash(manifest, task);
      const background = manifest.files.find(({ path }) => path === `background.${task}.json`)?.sha256;
      const { names, identities, model } = await namesAndIdentities(scorer, name);
      expect(names).toEqual(scorer === 'auto' ? ['evidence', task] : [task]);
      expect(identities.at(-1)).toContain(`:${name}/${variant}@${hash}-${background?.slice(0, 6)}`);
      expect(model).toEqual({ name, task, hash });
    },
  );

  it('takes its threads from the options, and gives the same answers on two', async () => {
    const rules = await fixtureRules();
    const classify = (modelThreads: number) =>
      classifyDocument({
        document: fixture('documents/minutes.txt'),
        rules,
        scorer: 'embedding',
        model: 'tiny-encoder',
        modelsFolder: few.folder,
        modelThreads,
      });
    expect(await classify(2)).toEqual(await classify(1));
  });

  it.each([
    ['embedding', 'tiny-nli', /tiny-nli is not for embedding/],
    ['zero-shot', 'tiny-encoder', /tiny-encoder is not for zero-shot/],
    ['static', 'tiny-encoder', /tiny-encoder is not for static/],
  ] as const)('is refused by a scorer that it is not for: %s, %s', async (scorer, model, message) => {
    const loading = loadScorers({ ...choice, scorer, model, modelsFolder: few.folder });
    await expect(loading).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringMatching(message),
    });
  });
});

describe('a scorer without a model', () => {
  const load = (modelsFolder: string, scorer: ScorerChoice['scorer'] = 'embedding') =>
    loadScorers({ ...choice, scorer, modelsFolder });

  it.each(['embedding', 'zero-shot'] as const)('names the command when none is installed: %s', async (scorer) => {
    for (const folder of [await temporaryFolder(), '/nowhere/at/all']) {
      await expect(load(folder, scorer)).rejects.toMatchObject({
        code: 'model.not_installed',
        message: expect.stringMatching(new RegExp(`no model for ${scorer} is installed.*docket models import PATH`)),
      });
    }
  });

  it('takes the only one that is installed for it', async () => {
    expect((await load(few.folder, 'zero-shot')).model?.name).toBe('tiny-nli');
    const single = new ModelRegistry({ folder: place('single') });
    await installModel(single, place('tiny-encoder'));
    expect((await load(single.folder)).model?.name).toBe('tiny-encoder');
  });

  it('asks for a name when there are two', async () => {
    await expect(load(many.folder)).rejects.toMatchObject({
      code: 'request.invalid_input',
      message: expect.stringMatching(/several models for embedding are installed: one, other; name one with --model/),
    });
  });

  it('names the command for a model that was asked for and is not there', async () => {
    for (const scorer of ['auto', 'static', 'embedding', 'zero-shot'] as const) {
      const loading = loadScorers({ ...choice, scorer, model: 'absent', modelsFolder: few.folder });
      await expect(loading).rejects.toMatchObject({
        code: 'model.not_installed',
        message: expect.stringMatching(/absent is not installed .*docket models import PATH/),
      });
    }
  });
});

describe('auto', () => {
  const answers = async (options: EngineOptions) => {
    const rules = await fixtureRules();
    const documents = ['documents/minutes.txt', 'documents/invoice-1p.pdf'].map(fixture);
    const results = documents.map((document) => classifyDocument({ ...options, document, rules, explain: true }));
    return [(await loadEngine(options)).identity, await Promise.all(results)];
  };

  it('is evidence and the built-in model, and never looks into the folder of models', async () => {
    // A folder that is none: a look into it fails.
    const file = join(await temporaryFolder(), 'file');
    await writeFile(file, '');
    const expected = await answers({ modelsFolder: await temporaryFolder() });
    for (const modelsFolder of [few.folder, many.folder, file]) {
      expect(await answers({ modelsFolder })).toEqual(expected);
    }
    expect(expected[0]).toMatch(/^auto \(evidence\/.*, static\/.*\)$/);
    await expect(loadEngine({ scorer: 'embedding', modelsFolder: file })).rejects.toThrow();
  });

  it('knows the built-in model by its name', async () => {
    const named = await answers({ model: 'docket-static-en', modelsFolder: many.folder });
    expect(named).toEqual(await answers({ modelsFolder: many.folder }));
  });
});

describe('classifying with a model that nothing was fitted with', () => {
  const cases = [
    ['embedding', 'tiny-encoder'],
    ['zero-shot', 'tiny-nli'],
    ['auto', 'tiny-encoder'],
    ['auto', 'tiny-nli'],
  ] as const;

  it.each(cases)('says so, and names the model: %s, %s', async (scorer, model) => {
    const rules = await fixtureRules();
    const options = { rules, scorer, model, modelsFolder: few.folder, document: fixture('documents/invoice-1p.pdf') };
    const result = await classifyDocument(options);
    expect(result.reasoning).toContain(`Fusion not fitted: the weights are not those of the model ${model}.`);
    expect(result.scorer).toContain(`${model}/onnx/model.onnx@`);
    expect(result.ranking.map(({ type }) => type).sort()).toEqual([...new Set(rules.map(({ type }) => type))].sort());
    for (const { confidence } of result.ranking) expect(confidence).toSatisfy((one) => one >= 0 && one <= 1);
    expect(await classifyDocument(options)).toEqual(result);
  });

  it('works with one rule, which is asked of the document and not against others', async () => {
    const ask = (description: string) =>
      classifyDocument({
        rules: [{ type: 'asked', description }],
        scorer: 'zero-shot',
        model: 'tiny-nli',
        modelsFolder: few.folder,
        document: fixture('documents/invoice-1p.pdf'),
      });
    const [fits, differs] = [await ask('An invoice with a total amount due'), await ask('A certificate of insurance')];
    expect(fits.confidence).toBeGreaterThan(differs.confidence);
    expect([fits.type, differs.type]).toEqual(['asked', null]);
  });
});

describe('a damaged background', () => {
  it.each([
    ['embedding', 'tiny-encoder', '{"document_mean": [1], "rule_mean": [1], "deviation": 1}'],
    ['embedding', 'tiny-encoder', '<html></html>'],
    ['zero-shot', 'tiny-nli', '{"deviation": 0}'],
  ] as const)('names the file and the command: %s, %s, %s', async (task, name, content) => {
    const registry = new ModelRegistry({ folder: await temporaryFolder() });
    await mkdir(registry.folder, { recursive: true });
    const { folder } = await registry.import(place(name), {
      prepare: (staged) => writeFile(join(staged, `background.${task}.json`), content),
    });
    const file = join(folder, `background.${task}.json`);
    await expect(loadEngine({ scorer: task, model: name, modelsFolder: registry.folder })).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringContaining(
        `${file} of a model cannot be used; import the model again with docket models import`,
      ),
      data: { file },
    });
  });
});
