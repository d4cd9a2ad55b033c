import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import type { RuleMeaning } from '../../rules/link-rule.js';
import type { Rule } from '../../rules/rule-set.js';
import { type Background, cosine, minus } from '../semantic/background.js';
import type { StaticModel } from './static-model.js';

/** How near rules are to document types, in the built-in static embedding. */
export class StaticMeaning implements RuleMeaning {
  private types: readonly Float32Array[] | undefined;

  constructor(
    private readonly model: StaticModel,
    private readonly background: Background,
    private readonly knowledge: CompiledKnowledge,
  ) {}

  /** Cosines of a rule's description and each document type; the label, which may be any code, plays no part. */
  typeSimilarities({ description }: Rule): readonly number[] {
    this.types ??= this.knowledge.types.map((type) => this.vectorOf(`${type.name}: ${type.description}`));
    const vector = this.vectorOf(description);
    return this.types.map((type) => cosine(vector, type));
  }

  private vectorOf(text: string): Float32Array {
    return minus(this.model.embedText(text), this.background.rule);
  }
}
