import { calibrationFile, compiledKnowledgeFile, packedKnowledgeFile } from '@docket/models';
import {
  type Calibration,
  calibrationHash,
  calibrationOf,
  type EngineCalibration,
  loadCalibration,
} from './decision/calibration.js';
import type { DocumentRecord } from './documents/read-document.js';
import type { CompiledKnowledge } from './knowledge/compiled-knowledge.js';
import { loadKnowledge } from './knowledge/load-knowledge.js';
import { type LinkedScorers, loadScorers, type ModelChoice } from './load-scorers.js';
import type { RuleLinker } from './rules/link-rule.js';
import type { Rule, RuleSet } from './rules/rule-set.js';
import type { PreparedScorer, ScoreSheet } from './scoring/scorer.js';
import type { ScorerName } from './scoring/scorer-names.js';

/** Which engine to use. */
export interface EngineOptions extends ModelChoice {
  /** @default "auto" */
  readonly scorer?: ScorerName | undefined;
  /** A folder of document types to add to the built-in ones, or `none` to do without any. */
  readonly knowledge?: string | undefined;
}

/** A rule set made ready for all scorers of an engine. */
export interface PreparedEngine {
  /** For each rule, the ids of the document types that it speaks of. */
  readonly askedFor: readonly ReadonlySet<string>[];
  /** Sheets by scorer name; the first one's evidence is what is shown. */
  score(document: DocumentRecord): Promise<readonly (readonly [string, ScoreSheet])[]>;
}

/** Scorers, knowledge and calibration that belong together. */
export interface Engine {
  /** Which scorers and models take part, with their versions, and what was fitted: equal ones give equal answers. */
  readonly identity: string;
  readonly knowledge: CompiledKnowledge;
  readonly calibration: EngineCalibration;
  /** Whether the calibration was fitted with the model that takes part. */
  readonly isFitted: boolean;
  /** Sentences for every reasoning. */
  readonly remarks: readonly string[];
  /** Languages that the knowledge has cues in. */
  readonly languages: readonly string[] | 'any';
  /** Plain name of a document type, by id. */
  readonly nameOf: (id: string) => string;
  prepare(ruleSet: RuleSet): Promise<PreparedEngine>;
}

/** A link weaker than this does not make a document type "asked for". */
const ASKED_FOR = 0.3;

/** Rule sets that are kept prepared. */
const MOST_PREPARED = 16;

const engines = new Map<string, Promise<Engine>>();

/**
 * Loads an engine, once for each combination of options.
 * @throws DocketError `model.*`, `request.invalid_input` when a model must be named
 */
export function loadEngine(options: EngineOptions = {}): Promise<Engine> {
  const { scorer = 'auto', knowledge = '', model, modelsFolder, modelThreads } = options;
  const key = JSON.stringify([scorer, knowledge, model, modelsFolder, modelThreads]);
  let engine = engines.get(key);
  if (!engine) {
    engine = buildEngine({ ...options, scorer }, knowledge);
    engines.set(key, engine);
    engine.catch(() => engines.delete(key));
  }
  return engine;
}

async function buildEngine(options: EngineOptions & { readonly scorer: ScorerName }, folder: string): Promise<Engine> {
  const { scorer, model, modelsFolder, modelThreads } = options;
  const [calibration, knowledge] = await Promise.all([
    loadCalibration(calibrationFile),
    loadKnowledge({
      compiledFile: compiledKnowledgeFile,
      packedFile: packedKnowledgeFile,
      ...(folder ? { folder } : {}),
    }),
  ]);
  const { fusion } = calibrationOf(calibration, { scorer: 'auto', hasKnowledge: hasTypes(knowledge) }).calibration;
  const choice = { scorer, knowledge, layout: calibration.layout, fusion, model, modelsFolder, modelThreads };
  return createEngine({ scorer, knowledge, calibration, ...(await loadScorers(choice)) });
}

/** What {@link createEngine} is given. */
export interface EngineParts extends LinkedScorers {
  readonly scorer: ScorerName;
  readonly knowledge: CompiledKnowledge;
  readonly calibration: Calibration;
}

/** Puts an engine together from its parts; `loadEngine` is the way for everyone else. */
export function createEngine({ scorer, knowledge, scorers, linker, calibration, model }: EngineParts): Engine {
  const names = new Map(knowledge.types.map(({ id, name }) => [id, name]));
  const chosen = calibrationOf(calibration, { scorer, hasKnowledge: hasTypes(knowledge), model });
  const prepared = new Map<string, Promise<PreparedEngine>>();
  const prepare = async ({ rules, identity }: RuleSet): Promise<PreparedEngine> => {
    const ready = await Promise.all(
      scorers.map(async (one) => [one.name, await one.prepare({ rules, identity })] as const),
    );
    return {
      askedFor: rules.map((rule) => typesAskedFor(rule, knowledge, linker)),
      score: (document) => scoreAll(ready, document),
    };
  };
  return {
    identity: `${scorer} (${[...scorers.map((one) => one.identity), `calibration:${calibrationHash(calibration, chosen)}`].join(', ')})`,
    knowledge,
    calibration: chosen.calibration,
    isFitted: chosen.isFitted,
    remarks: chosen.isFitted ? [] : [`Fusion not fitted: the weights are not those of the model ${model?.name}.`],
    languages: hasTypes(knowledge) ? knowledge.languages : 'any',
    nameOf: (id) => names.get(id) ?? id,
    prepare: (ruleSet) => {
      const key = JSON.stringify(ruleSet.rules);
      const known = prepared.get(key) ?? prepare(ruleSet);
      prepared.delete(key);
      prepared.set(key, known);
      if (prepared.size > MOST_PREPARED) prepared.delete(prepared.keys().next().value as string);
      return known;
    },
  };
}

function hasTypes({ types }: CompiledKnowledge): boolean {
  return types.length > 0;
}

async function scoreAll(ready: readonly (readonly [string, PreparedScorer])[], document: DocumentRecord) {
  return Promise.all(ready.map(async ([name, scorer]) => [name, await scorer.score(document)] as const));
}

/** Ids of the document types that a rule speaks of surely enough not to be background for it. */
export function typesAskedFor(rule: Rule, knowledge: CompiledKnowledge, linker: RuleLinker): ReadonlySet<string> {
  const sure = linker.link(rule).wanted.filter(({ weight }) => weight >= ASKED_FOR);
  return new Set(sure.flatMap(({ type }) => knowledge.types[type]?.id ?? []));
}
