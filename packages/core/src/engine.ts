import { calibrationFile, compiledKnowledgeFile, staticModelFolder } from '@docket/models';
import { type Calibration, calibrationOf, type EngineCalibration, loadCalibration } from './decision/calibration.js';
import type { DocumentRecord } from './documents/read-document.js';
import { DocketError } from './errors.js';
import type { CompiledKnowledge } from './knowledge/compiled-knowledge.js';
import { loadKnowledge } from './knowledge/load-knowledge.js';
import { RuleLinker } from './rules/link-rule.js';
import type { Rule, RuleSet } from './rules/rule-set.js';
import { EvidenceScorer } from './scoring/evidence/evidence-scorer.js';
import type { LayoutQuantiles } from './scoring/evidence/layout-statistics.js';
import type { PreparedScorer, Scorer, ScoreSheet } from './scoring/scorer.js';
import { StaticModel } from './scoring/static/static-model.js';
import { StaticScorer } from './scoring/static/static-scorer.js';

/** Names by which scorers are asked for. `auto` is `evidence` fused with the built-in static model. */
export const SCORER_NAMES = ['auto', 'evidence', 'static', 'embedding', 'zero-shot'] as const;

/** One of {@link SCORER_NAMES}. */
export type ScorerName = (typeof SCORER_NAMES)[number];

/** Which engine to use. */
export interface EngineOptions {
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
  /** Which scorers and models take part, with their versions. */
  readonly identity: string;
  readonly knowledge: CompiledKnowledge;
  readonly calibration: EngineCalibration;
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
 * @throws DocketError `model.*`
 */
export function loadEngine({ scorer = 'auto', knowledge = '' }: EngineOptions = {}): Promise<Engine> {
  const key = JSON.stringify([scorer, knowledge]);
  let engine = engines.get(key);
  if (!engine) {
    engine = buildEngine(scorer, knowledge);
    engines.set(key, engine);
    engine.catch(() => engines.delete(key));
  }
  return engine;
}

async function buildEngine(scorer: ScorerName, folder: string): Promise<Engine> {
  const [calibration, knowledge] = await Promise.all([
    loadCalibration(calibrationFile),
    loadKnowledge({ compiledFile: compiledKnowledgeFile, ...(folder ? { folder } : {}) }),
  ]);
  return createEngine({
    scorer,
    knowledge,
    calibration,
    ...(await loadScorers(scorer, knowledge, calibration.layout)),
  });
}

/** Scorers that work together, and how their rules find document types. */
export interface LinkedScorers {
  readonly scorers: readonly Scorer[];
  readonly linker: RuleLinker;
}

/** What {@link createEngine} is given. */
export interface EngineParts extends LinkedScorers {
  readonly scorer: ScorerName;
  readonly knowledge: CompiledKnowledge;
  readonly calibration: Calibration;
}

/** Puts an engine together from its parts; `loadEngine` is the way for everyone else. */
export function createEngine({ scorer, knowledge, scorers, linker, calibration }: EngineParts): Engine {
  const names = new Map(knowledge.types.map(({ id, name }) => [id, name]));
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
    identity: `${scorer} (${scorers.map((one) => one.identity).join(', ')})`,
    knowledge,
    calibration: calibrationOf(calibration, engineName(scorer, knowledge)),
    languages: knowledge.types.length === 0 ? 'any' : knowledge.languages,
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

/** What a combination of scorers and knowledge is called in the calibration. */
export function engineName(scorer: ScorerName, knowledge: CompiledKnowledge): string {
  return knowledge.types.length === 0 ? `${scorer}/no-knowledge` : scorer;
}

/** @throws DocketError `model.not_installed` for scorers that are not here, saying what is */
export async function loadScorers(
  scorer: ScorerName,
  knowledge: CompiledKnowledge,
  layout: LayoutQuantiles,
): Promise<LinkedScorers> {
  if (scorer === 'evidence') {
    const linker = new RuleLinker(knowledge);
    return { scorers: [new EvidenceScorer({ knowledge, layout, linker })], linker };
  }
  if (scorer === 'static' || scorer === 'auto') {
    const similarity = new StaticScorer(await StaticModel.load(staticModelFolder), knowledge);
    const linker = new RuleLinker(knowledge, similarity);
    const evidence = scorer === 'auto' ? [new EvidenceScorer({ knowledge, layout, linker })] : [];
    return { scorers: [...evidence, similarity], linker };
  }
  const message = `the scorer ${scorer} is not part of this version of Docket; use auto, evidence or static`;
  throw new DocketError('model.not_installed', message, { data: { scorer } });
}

async function scoreAll(ready: readonly (readonly [string, PreparedScorer])[], document: DocumentRecord) {
  return Promise.all(ready.map(async ([name, scorer]) => [name, await scorer.score(document)] as const));
}

/** Ids of the document types that a rule speaks of surely enough not to be background for it. */
export function typesAskedFor(rule: Rule, knowledge: CompiledKnowledge, linker: RuleLinker): ReadonlySet<string> {
  const sure = linker.link(rule).wanted.filter(({ weight }) => weight >= ASKED_FOR);
  return new Set(sure.flatMap(({ type }) => knowledge.types[type]?.id ?? []));
}
