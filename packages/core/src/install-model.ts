import { writeFile } from 'node:fs/promises';
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
  return registry.import(source, { ...options, prepare: writeBackgrounds });
}

/** What models are run over. */
interface GeneralTexts extends BackgroundTexts {
  readonly hypotheses: readonly string[];
}

async function writeBackgrounds(folder: string, manifest: ModelManifest): Promise<void> {
  if (manifest.name === BUILT_IN_MODEL) throw nameOfBuiltIn();
  const texts = await generalTexts();
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

type BackgroundWriter = (model: ModelFiles, file: string, texts: GeneralTexts) => Promise<void>;

/** A background that came with a bundle is kept, so that both machines give the same answers. */
const WRITERS: Readonly<Record<ModelTask, BackgroundWriter>> = {
  static: async (model, file, texts) => measureEncoder(await loadStaticModel(model), file, texts),
  embedding: async (model, file, { passages, rules }) => {
    const few = { passages: spread(passages, MOST_EMBEDDED), rules: spread(rules, MOST_EMBEDDED) };
    await measureEncoder(await loadSentenceEncoder(model), file, few);
  },
  'zero-shot': async (files, file, { passages, hypotheses }) => {
    const model = await loadEntailmentModel(files);
    try {
      if (await readSpread(file).catch(() => undefined)) return;
      const few = {
        passages: spread(passages, MOST_ENTAILED.passages),
        hypotheses: spread(hypotheses, MOST_ENTAILED.hypotheses),
      };
      await writeFile(file, formatSpread(await measureSpread(model, few)));
    } finally {
      await model.dispose();
    }
  },
};

async function measureEncoder(encoder: TextEncoder, file: string, texts: BackgroundTexts): Promise<void> {
  try {
    const known = await readBackground(file, encoder).catch(() => undefined);
    if (!known) await writeFile(file, formatBackground(await measureBackground(encoder, texts)));
  } finally {
    await encoder.dispose();
  }
}

/** At most `most` items, evenly spread. */
function spread<Item>(items: readonly Item[], most: number): Item[] {
  const step = Math.max(1, items.length / most);
  return items.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step));
}
