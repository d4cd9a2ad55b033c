import type { CompiledKnowledge } from './knowledge/compiled-knowledge.js';
import type { ModelTask } from './models/model-manifest.js';
import { RuleLinker } from './rules/link-rule.js';
import { EvidenceScorer } from './scoring/evidence/evidence-scorer.js';
import type { LayoutQuantiles } from './scoring/evidence/layout-statistics.js';
import type { Scorer } from './scoring/scorer.js';
import type { ScorerName } from './scoring/scorer-names.js';
import { BUILT_IN_MODEL, loadBuiltInStatic } from './scoring/static/built-in.js';
import { StaticMeaning } from './scoring/static/static-meaning.js';
import { staticSimilarity } from './scoring/static/static-similarity.js';

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
  if (isBuiltIn(choice)) {
    const semantic = staticSimilarity(builtIn, knowledge);
    return { scorers: scorer === 'auto' ? [evidence, semantic] : [semantic], linker };
  }
  // Most programs use no installed model, and need not wait for what reads them.
  const { loadInstalledScorer } = await import('./load-installed-scorer.js');
  const { scorer: semantic, model } = await loadInstalledScorer({ ...choice, builtIn, evidence });
  return { scorers: scorer === 'auto' ? [evidence, semantic] : [semantic], linker, model };
}

function isBuiltIn({ scorer, model }: ScorerChoice): boolean {
  return (scorer === 'auto' || scorer === 'static') && (model === undefined || model === BUILT_IN_MODEL);
}
