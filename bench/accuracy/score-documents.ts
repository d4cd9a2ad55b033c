import type { EngineCalibration } from '../../packages/core/src/decision/calibration.js';
import { transformFeatures } from '../../packages/core/src/decision/confidence.js';
import { type Decision, decide } from '../../packages/core/src/decision/decide.js';
import { fuseScores } from '../../packages/core/src/decision/fuse-scores.js';
import { type Engine, typesAskedFor } from '../../packages/core/src/engine.js';
import { loadScorers, type ScorerChoice } from '../../packages/core/src/load-scorers.js';
import type { Rule, RuleSet } from '../../packages/core/src/rules/rule-set.js';
import type { ScoreSheet } from '../../packages/core/src/scoring/scorer.js';
import type { EvalDocument } from './eval-set.js';
import type { Observation } from './fit-logistic.js';

/** A document with what every scorer says of it under all rules. */
export interface ScoredDocument extends EvalDocument {
  readonly sheets: readonly (readonly [string, ScoreSheet])[];
}

/** Some of the rules, by index. */
export interface RuleSubset {
  readonly rules: readonly number[];
}

/** Labels of a document that the confidence is fitted from. */
const OBSERVED = 3;

/** Ranks by the fused score alone. */
const BY_SCORE = { confidence: { bias: 0, score: 1, lead: 0, behind: 0 }, floor: 0, margin: 0 };

/** Scores documents once; decisions under any subset of the rules follow without scoring again. */
export class Scoreboard {
  private constructor(
    private readonly ruleSet: RuleSet,
    private readonly askedFor: readonly ReadonlySet<string>[],
    readonly documents: readonly ScoredDocument[],
  ) {}

  static async score(documents: readonly EvalDocument[], ruleSet: RuleSet, choice: ScorerChoice): Promise<Scoreboard> {
    const { scorers, linker } = await loadScorers(choice);
    const prepared = await Promise.all(scorers.map(async (one) => [one.name, await one.prepare(ruleSet)] as const));
    const scored: ScoredDocument[] = [];
    for (const document of documents) {
      const sheets = await Promise.all(
        prepared.map(async ([name, one]) => [name, await one.score(document.record)] as const),
      );
      scored.push({ ...document, sheets });
    }
    const askedFor = ruleSet.rules.map((rule) => typesAskedFor(rule, choice.knowledge, linker));
    return new Scoreboard(ruleSet, askedFor, scored);
  }

  /** Scores documents with an engine as users load it, its layout statistics included. */
  static async ofEngine(documents: readonly EvalDocument[], ruleSet: RuleSet, engine: Engine): Promise<Scoreboard> {
    const prepared = await engine.prepare(ruleSet);
    const scored: ScoredDocument[] = [];
    for (const document of documents) scored.push({ ...document, sheets: await prepared.score(document.record) });
    return new Scoreboard(ruleSet, prepared.askedFor, scored);
  }

  /** The same scores, of some of the documents. */
  only(documents: readonly ScoredDocument[]): Scoreboard {
    return new Scoreboard(this.ruleSet, this.askedFor, documents);
  }

  labelsOf({ rules }: RuleSubset): string[] {
    return rules.map((index) => this.ruleSet.rules[index]?.type ?? '');
  }

  decide(document: ScoredDocument, { rules }: RuleSubset, calibration: EngineCalibration): Decision {
    const fused = fuseScores(document.sheets, calibration.fusion);
    return decide({
      rules: rules.map((index) => this.ruleSet.rules[index] as Rule),
      sheet: { ...fused, rules: rules.flatMap((index) => fused.rules[index] ?? []) },
      askedFor: rules.map((index) => this.askedFor[index] ?? new Set()),
      calibration,
    });
  }

  /** What the confidence is fitted from: the label with the best score first, then the two that come next. */
  observe(
    document: ScoredDocument,
    subset: RuleSubset,
    fusion: Readonly<Record<string, number>>,
    weight: number,
  ): Observation[] {
    const { candidates } = this.decide(document, subset, { ...BY_SCORE, fusion });
    return candidates.slice(0, OBSERVED).map(({ type, features }) => {
      const { score, lead, behind } = transformFeatures(features);
      return { features: [score, lead, behind], right: type === document.expected, weight };
    });
  }

  /** Whether the label with the best score is the right one. */
  isFirstRight(document: ScoredDocument, subset: RuleSubset, fusion: Readonly<Record<string, number>>): boolean {
    return this.decide(document, subset, { ...BY_SCORE, fusion }).candidates[0]?.type === document.expected;
  }
}
