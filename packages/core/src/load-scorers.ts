import { fuseScores } from './decision/fuse-scores.js';
import type { CompiledKnowledge } from './knowledge/compiled-knowledge.js';
import { backgroundFile, loadEntailmentModel, loadSentenceEncoder, loadStaticModel } from './load-models.js';
import { modelHash } from './models/model-hash.js';
import type { ModelTask } from './models/model-manifest.js';
import { ModelRegistry, type ResolvedModel } from './models/model-registry.js';
import { modelsFolder } from './models/models-folder.js';
import { RuleLinker } from './rules/link-rule.js';
import { EvidenceScorer } from './scoring/evidence/evidence-scorer.js';
import type { LayoutQuantiles } from './scoring/evidence/layout-statistics.js';
import type { Scorer } from './scoring/scorer.js';
import type { ScorerName } from './scoring/scorer-names.js';
import { readBackground } from './scoring/semantic/background.js';
import { SimilarityScorer } from './scoring/semantic/similarity-scorer.js';
import {
  BUILT_IN_DEVIATION,
  BUILT_IN_MODEL,
  type BuiltInStatic,
  loadBuiltInStatic,
} from './scoring/static/built-in.js';
import { StaticMeaning } from './scoring/static/static-meaning.js';
import { readSpread } from './scoring/zero-shot/entailment-spread.js';
import { type RuleRanking, ZeroShotScorer } from './scoring/zero-shot/zero-shot-scorer.js';

/** Which installed model takes part. */
export interface ModelChoice {
  /** Name of an installed model. @default the built-in one, or the only installed one that the scorer can use */
  readonly model?: string | undefined;
  /** Where models are installed: `models` in the data folder. */
  readonly modelsFolder?: string | undefined;
  /** Threads of one model run. @default 1 */
  readonly modelThreads?: number | undefined;
}

/** What {@link loadScorers} is given. */
export interface ScorerChoice extends ModelChoice {
  readonly scorer: ScorerName;
  readonly knowledge: CompiledKnowledge;
  readonly layout: LayoutQuantiles;
  /** What the scorers of `auto` count; says which rules a zero-shot model is asked about. */
  readonly fusion: Readonly<Record<string, number>>;
}

/** Scorers that work together, and how their rules find document types. */
export interface LinkedScorers {
  /** Those that quote the page come first. */
  readonly scorers: readonly Scorer[];
  readonly linker: RuleLinker;
  /** The installed model that takes part. */
  readonly model?: { readonly name: string; readonly task: ModelTask; readonly hash: string };
}

/** Passages of a document that are compared at most, by what one costs. */
const MOST_PASSAGES = { static: 16, embedding: 12 } as const;

/** Longest passage: about 256 tokens. */
const PASSAGE_CHARACTERS = 1000;

/** A token has at least so many characters in all but a few texts. */
const CHARACTERS_PER_TOKEN = 2;

/**
 * Loads the scorers that go by a name.
 * @throws DocketError `model.not_installed`, `model.incompatible`, `request.invalid_input` when a model must be named
 */
export async function loadScorers(choice: ScorerChoice): Promise<LinkedScorers> {
  const { scorer, knowledge, layout } = choice;
  if (scorer === 'evidence') {
    const linker = new RuleLinker(knowledge);
    return { scorers: [new EvidenceScorer({ knowledge, layout, linker })], linker };
  }
  const builtIn = await loadBuiltInStatic();
  const linker = new RuleLinker(knowledge, new StaticMeaning(builtIn.encoder, builtIn.background, knowledge));
  const evidence = new EvidenceScorer({ knowledge, layout, linker });
  const installed = await findModel(choice);
  const semantic = installed
    ? await loadInstalled(installed, { ...choice, builtIn, evidence })
    : similarity(builtIn, knowledge);
  return {
    scorers: scorer === 'auto' ? [evidence, semantic] : [semantic],
    linker,
    ...(installed
      ? {
          model: {
            name: installed.manifest.name,
            task: installed.task,
            hash: modelHash(installed.manifest, installed.task),
          },
        }
      : {}),
  };
}

/** An installed model and what it is used for. */
interface TaskedModel extends ResolvedModel {
  readonly task: ModelTask;
}

/** The installed model that is asked for; undefined: the built-in one. */
async function findModel(choice: ScorerChoice): Promise<TaskedModel | undefined> {
  const { scorer, model, modelsFolder: folder } = choice;
  const isBuiltIn = model === BUILT_IN_MODEL;
  if ((scorer === 'auto' || scorer === 'static') && (model === undefined || isBuiltIn)) return undefined;
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

interface Company extends ScorerChoice {
  readonly builtIn: BuiltInStatic;
  readonly evidence: EvidenceScorer;
}

async function loadInstalled(installed: TaskedModel, company: Company): Promise<Scorer> {
  if (installed.task === 'static') return loadStatic(installed, company);
  return installed.task === 'embedding' ? loadEmbedding(installed, company) : loadZeroShot(installed, company);
}

async function loadStatic({ folder, manifest }: TaskedModel, { knowledge }: Company): Promise<Scorer> {
  const encoder = await loadStaticModel({ folder, manifest });
  const background = await readBackground(backgroundFile(folder, 'static'), encoder);
  return similarity({ encoder, background }, knowledge);
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
    mostPassages: MOST_PASSAGES.embedding,
    passageCharacters: Math.min(PASSAGE_CHARACTERS, window),
    scale: BUILT_IN_DEVIATION / background.deviation,
  });
}

async function loadZeroShot({ folder, manifest }: TaskedModel, company: Company): Promise<Scorer> {
  const { builtIn, modelThreads: threads, evidence, fusion, scorer, knowledge } = company;
  const model = await loadEntailmentModel({ folder, manifest, threads });
  const deviation = await orDispose(model, readSpread(backgroundFile(folder, 'zero-shot')));
  const ranking = rankingOf([evidence, similarity(builtIn, knowledge)], fusion);
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

function similarity({ encoder, background }: BuiltInStatic, knowledge: CompiledKnowledge): SimilarityScorer {
  return new SimilarityScorer({
    name: 'static',
    encoder,
    background,
    knowledge,
    mostPassages: MOST_PASSAGES.static,
    passageCharacters: PASSAGE_CHARACTERS,
    scale: BUILT_IN_DEVIATION / background.deviation,
  });
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
