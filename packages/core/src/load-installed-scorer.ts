import { fuseScores } from './decision/fuse-scores.js';
import { backgroundFile, loadEntailmentModel, loadSentenceEncoder, loadStaticModel } from './load-models.js';
import type { LinkedScorers, ScorerChoice } from './load-scorers.js';
import { modelHash } from './models/model-hash.js';
import type { ModelTask } from './models/model-manifest.js';
import { ModelRegistry, type ResolvedModel } from './models/model-registry.js';
import { modelsFolder } from './models/models-folder.js';
import type { EvidenceScorer } from './scoring/evidence/evidence-scorer.js';
import type { Scorer } from './scoring/scorer.js';
import { readBackground } from './scoring/semantic/background.js';
import { SimilarityScorer } from './scoring/semantic/similarity-scorer.js';
import { BUILT_IN_DEVIATION, type BuiltInStatic } from './scoring/static/built-in.js';
import { PASSAGE_CHARACTERS, staticSimilarity } from './scoring/static/static-similarity.js';
import { readSpread } from './scoring/zero-shot/entailment-spread.js';
import { type RuleRanking, ZeroShotScorer } from './scoring/zero-shot/zero-shot-scorer.js';

/** Passages of a document that are compared at most: one costs a run of the model. */
const MOST_PASSAGES = 12;

/** A token has at least so many characters in all but a few texts. */
const CHARACTERS_PER_TOKEN = 2;

/** What an installed model works with. */
export interface Company extends ScorerChoice {
  readonly builtIn: BuiltInStatic;
  readonly evidence: EvidenceScorer;
}

/** A scorer on an installed model. */
export interface InstalledScorer {
  readonly scorer: Scorer;
  readonly model: NonNullable<LinkedScorers['model']>;
}

/**
 * Loads the scorer of the installed model that is asked for.
 * @throws DocketError `model.not_installed`, `model.incompatible`, `request.invalid_input` when a model must be named
 */
export async function loadInstalledScorer(company: Company): Promise<InstalledScorer> {
  const installed = await findModel(company);
  const { manifest, task } = installed;
  const model = { name: manifest.name, task, hash: modelHash(manifest, task) };
  return { scorer: await loadInstalled(installed, company), model };
}

/** An installed model and what it is used for. */
interface TaskedModel extends ResolvedModel {
  readonly task: ModelTask;
}

async function findModel({ scorer, model, modelsFolder: folder }: ScorerChoice): Promise<TaskedModel> {
  const registry = new ModelRegistry({ folder: folder ?? modelsFolder() });
  if (scorer !== 'auto') {
    const task = scorer as ModelTask;
    const resolved = model === undefined ? registry.soleModelFor(task) : registry.resolve(model, task);
    return { ...(await resolved), task };
  }
  const { tasks } = (await registry.get(model as string)).manifest;
  const task = tasks[0] as ModelTask;
  return { ...(await registry.resolve(model as string, task)), task };
}

async function loadInstalled(installed: TaskedModel, company: Company): Promise<Scorer> {
  if (installed.task === 'static') return loadStatic(installed, company);
  return installed.task === 'embedding' ? loadEmbedding(installed, company) : loadZeroShot(installed, company);
}

async function loadStatic({ folder, manifest }: TaskedModel, { knowledge }: Company): Promise<Scorer> {
  const encoder = await loadStaticModel({ folder, manifest });
  const background = await readBackground(backgroundFile(folder, 'static'), encoder);
  return staticSimilarity({ encoder, background }, knowledge);
}

async function loadEmbedding({ folder, manifest }: TaskedModel, company: Company): Promise<Scorer> {
  const { knowledge, modelThreads: threads } = company;
  const encoder = await loadSentenceEncoder({ folder, manifest, threads });
  const background = await orDispose(encoder, readBackground(backgroundFile(folder, 'embedding'), encoder));
  const window = (manifest.embedding?.maxTokens ?? PASSAGE_CHARACTERS) * CHARACTERS_PER_TOKEN;
  return new SimilarityScorer({
    name: 'embedding',
    encoder,
    background,
    knowledge,
    mostPassages: MOST_PASSAGES,
    passageCharacters: Math.min(PASSAGE_CHARACTERS, window),
    scale: BUILT_IN_DEVIATION / background.deviation,
  });
}

async function loadZeroShot({ folder, manifest }: TaskedModel, company: Company): Promise<Scorer> {
  const { builtIn, modelThreads: threads, evidence, fusion, scorer, knowledge } = company;
  const model = await loadEntailmentModel({ folder, manifest, threads });
  const deviation = await orDispose(model, readSpread(backgroundFile(folder, 'zero-shot')));
  const ranking = rankingOf([evidence, staticSimilarity(builtIn, knowledge)], fusion);
  const unit = scorer === 'auto' ? BUILT_IN_DEVIATION : 1;
  return new ZeroShotScorer({ model, ranking, ...builtIn, scale: unit / deviation });
}

/** Gives a model back when what belongs to it cannot be had. */
async function orDispose<Value>(model: { dispose(): Promise<void> }, wanted: Promise<Value>): Promise<Value> {
  try {
    return await wanted;
  } catch (error) {
    await model.dispose();
    throw error;
  }
}

/** Orders rules as `auto` would. */
function rankingOf(scorers: readonly Scorer[], fusion: Readonly<Record<string, number>>): RuleRanking {
  return {
    prepare: async (rules) => {
      const ready = await Promise.all(scorers.map(async (one) => [one.name, await one.prepare(rules)] as const));
      return async (document) => {
        const sheets = await Promise.all(ready.map(async ([name, one]) => [name, await one.score(document)] as const));
        return fuseScores(sheets, fusion).rules.map(({ value }) => value);
      };
    },
  };
}
