import { writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { doctypesFolder } from '@docket/models';
import { DocketError, toDocketError } from './errors.js';
import { readKnowledgeFolder } from './knowledge/compile-knowledge.js';
import {
  backgroundFile,
  loadEntailmentModel,
  loadSentenceEncoder,
  loadStaticModel,
  type ModelFiles,
} from './load-models.js';
import type { ImportedModel, ImportOptions } from './models/import/import-options.js';
import type { ModelManifest, ModelTask } from './models/model-manifest.js';
import type { ModelRegistry } from './models/model-registry.js';
import {
  type BackgroundTexts,
  formatBackground,
  measureBackground,
  readBackground,
} from './scoring/semantic/background.js';
import { ruleText } from './scoring/semantic/rule-text.js';
import type { TextEncoder } from './scoring/semantic/text-encoder.js';
import { BUILT_IN_MODEL } from './scoring/static/built-in.js';
import { formatSpread, measureSpread, readSpread } from './scoring/zero-shot/entailment-spread.js';
import { hypothesisOf } from './scoring/zero-shot/hypothesis.js';

/** Characters of a sample that are embedded: about 256 tokens. */
const PASSAGE_CHARACTERS = 1000;

/** Samples and descriptions that a transformer reads: a static model reads all of them, for it is fast. */
const MOST_EMBEDDED = 96;
const MOST_ENTAILED = { passages: 12, hypotheses: 6 };

/**
 * Imports a model as `ModelRegistry.import` does, and makes it ready for the scorers: runs it once over the samples that
 * Docket brings, and stores what it makes of texts at large as `background.*.json`. A model that does not run is not
 * installed. One with several tasks is installed without those for which transformers.js is missing.
 * @throws DocketError as `ModelRegistry.import`, and `model.not_installed` when transformers.js is missing
 */
export function installModel(
  registry: ModelRegistry,
  source: string,
  options: Omit<ImportOptions, 'prepare'> = {},
): Promise<ImportedModel> {
  const prepare = (staged: string, manifest: ModelManifest) =>
    writeBackgrounds(staged, manifest).catch((error: unknown) => {
      throw tellSource(error, { staged, source, name: manifest.name });
    });
  return registry.import(source, { ...options, prepare });
}

/** A model that does not run is gone from where it was tried when its error is read: names the file that it came from. */
function tellSource(
  error: unknown,
  { staged, source, name }: { readonly staged: string; readonly source: string; readonly name: string },
): unknown {
  if (!(error instanceof DocketError) || error.code !== 'model.incompatible') return error;
  const { path, file, reason, ...data } = error.data;
  const place = join(source, relative(resolve(staged), resolve(String(path ?? file ?? staged))));
  const what = reason === undefined ? error.message.replaceAll(staged, source) : `${place}: ${reason}`;
  const message = `the model ${name} does not run and was not installed: ${what}; get a whole copy of it, or another variant`;
  return new DocketError('model.incompatible', message, { data: { ...data, path: place }, cause: error });
}

/** What models are run over. */
interface GeneralTexts extends BackgroundTexts {
  readonly hypotheses: readonly string[];
}

async function writeBackgrounds(folder: string, manifest: ModelManifest): Promise<void> {
  if (manifest.name === BUILT_IN_MODEL) throw nameOfBuiltIn();
  const texts = once(generalTexts);
  const missing: unknown[] = [];
  for (const task of manifest.tasks) {
    try {
      await WRITERS[task]({ folder, manifest }, backgroundFile(folder, task), texts);
    } catch (error) {
      if (toDocketError(error).code !== 'model.not_installed') throw error;
      missing.push(error);
    }
  }
  if (missing.length === manifest.tasks.length) throw missing[0];
}

function nameOfBuiltIn(): DocketError {
  const message = `${BUILT_IN_MODEL} is the model that comes with Docket; give this one another name with --name`;
  return new DocketError('request.invalid_input', message, { data: { field: 'name', name: BUILT_IN_MODEL } });
}

async function generalTexts(): Promise<GeneralTexts> {
  const { types, samples } = await readKnowledgeFolder(doctypesFolder);
  const rules = types.map(({ name, description }) => ({ type: name, description }));
  return {
    passages: [...samples.values()].map((text) => text.slice(0, PASSAGE_CHARACTERS)),
    rules: rules.map(ruleText),
    hypotheses: rules.map(hypothesisOf),
  };
}

function once<Value>(make: () => Promise<Value>): () => Promise<Value> {
  let made: Promise<Value> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

type BackgroundWriter = (model: ModelFiles, file: string, texts: () => Promise<GeneralTexts>) => Promise<void>;

/** A background that came with a bundle is kept, so that both machines give the same answers. */
const WRITERS: Readonly<Record<ModelTask, BackgroundWriter>> = {
  static: async (model, file, texts) => measureEncoder(await loadStaticModel(model), file, texts),
  embedding: async (model, file, texts) =>
    measureEncoder(await loadSentenceEncoder(model), file, async () => {
      const { passages, rules } = await texts();
      return { passages: spread(passages, MOST_EMBEDDED), rules: spread(rules, MOST_EMBEDDED) };
    }),
  'zero-shot': async (files, file, texts) => {
    const model = await loadEntailmentModel(files);
    try {
      if (await readSpread(file).catch(() => undefined)) return;
      const { passages, hypotheses } = await texts();
      const few = {
        passages: spread(passages, MOST_ENTAILED.passages),
        hypotheses: spread(hypotheses, MOST_ENTAILED.hypotheses),
      };
      const deviation = await measureSpread(model, few);
      checkDeviation(deviation);
      await writeFile(file, formatSpread(deviation));
    } finally {
      await model.dispose();
    }
  },
};

async function measureEncoder(
  encoder: TextEncoder,
  file: string,
  texts: () => Promise<BackgroundTexts>,
): Promise<void> {
  try {
    const known = await readBackground(file, encoder).catch(() => undefined);
    if (known) return;
    const background = await measureBackground(encoder, await texts());
    checkDeviation(background.deviation);
    await writeFile(file, formatBackground(background));
  } finally {
    await encoder.dispose();
  }
}

/** Scores are divided by it. */
function checkDeviation(deviation: number): void {
  if (deviation > 0 && Number.isFinite(deviation)) return;
  throw new DocketError('model.incompatible', 'it gives the same answer to every text');
}

/** At most `most` items, evenly spread. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
