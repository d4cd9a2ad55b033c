import type { DocumentRecord } from '../../documents/read-document.js';
import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import type { RuleMeaning } from '../../rules/link-rule.js';
import type { Rule, RuleSet } from '../../rules/rule-set.js';
import { splitLabel } from '../../rules/split-label.js';
import { splitNegations } from '../../rules/split-negations.js';
import { type PreparedScorer, rawScore, type Score, type Scorer } from '../scorer.js';
import { centredCosine, type StaticModel } from './static-model.js';

/** Word pieces of a document that are embedded: more change little (the model's card). */
const MOST_PIECES = 1000;

/** A text of fewer word pieces resembles anything. */
const ENOUGH_PIECES = 30;

/** Cosine similarity of a rule and the start of a document, in a static embedding, after subtracting its background. */
export class StaticScorer implements Scorer, RuleMeaning {
  readonly name = 'static';
  readonly identity: string;
  readonly capabilities = { languages: 'any', maxTokens: MOST_PIECES, deterministic: true } as const;
  private background: ReadonlyMap<string, Float32Array> | undefined;

  constructor(
    private readonly model: StaticModel,
    private readonly knowledge: CompiledKnowledge,
  ) {
    this.identity = `static/1:${model.identity}`;
  }

  async prepare({ rules }: RuleSet): Promise<PreparedScorer> {
    const vectors = rules.map((rule) => this.embedRule(rule));
    const background = this.types();
    return {
      score: async (document) => {
        const text = startOf(document);
        const embedded = this.model.embed(text, MOST_PIECES);
        const certainty = Math.min(1, this.model.encode(text, ENOUGH_PIECES).length / ENOUGH_PIECES);
        const scoreOf = (vector: Float32Array): Score => ({
          raw: rawScore(certainty * this.similarity(vector, embedded)),
          evidence: [],
        });
        const scored = new Map([...background].map(([id, vector]) => [id, scoreOf(vector)]));
        return { rules: vectors.map(scoreOf), background: scored };
      },
    };
  }

  /** Cosines of a rule's description and each document type; the label, which may be any code, plays no part. */
  typeSimilarities({ description }: Rule): readonly number[] {
    const { rule: mean } = this.model.background;
    const vector = this.model.embed(description);
    return [...this.types().values()].map((type) => centredCosine(vector, mean, type, mean));
  }

  /** Vectors of the document types, by id. */
  private types(): ReadonlyMap<string, Float32Array> {
    this.background ??= new Map(
      this.knowledge.types.map(({ id, name, description }) => [id, this.embedRule({ type: name, description })]),
    );
    return this.background;
  }

  private embedRule({ type, description }: Rule): Float32Array {
    return this.model.embed(`${splitLabel(type)[0] ?? type}: ${splitNegations(description).positive}`);
  }

  private similarity(rule: Float32Array, document: Float32Array): number {
    const { background } = this.model;
    return centredCosine(rule, background.rule, document, background.document);
  }
}

function startOf({ title, pages }: DocumentRecord): string {
  const texts = [title ?? ''];
  let length = 0;
  for (const { text } of pages) {
    if (length > MOST_PIECES * 8) break;
    texts.push(text);
    length += text.length;
  }
  return texts.join('\n').slice(0, MOST_PIECES * 8);
}
