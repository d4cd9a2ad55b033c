import type { DocumentRecord } from '../../documents/read-document.js';
import { cutPassages, type Passage } from '../../pages/passages.js';
import type { RuleSet } from '../../rules/rule-set.js';
import { type PreparedScorer, rawScore, type Score, type Scorer, type ScoreSheet } from '../scorer.js';
import { type Background, centredCosine } from '../semantic/background.js';
import { passageQuote } from '../semantic/passage-quote.js';
import { ruleText } from '../semantic/rule-text.js';
import type { TextEncoder } from '../semantic/text-encoder.js';
import type { EntailmentModel } from './entailment-model.js';
import { GENERAL_PASSAGES } from './general-passages.js';
import { hypothesisOf } from './hypothesis.js';

/** Orders rules before the expensive model is asked: one number per rule, larger is better. */
export interface RuleRanking {
  prepare(rules: RuleSet): Promise<(document: DocumentRecord) => Promise<readonly number[]>>;
}

/** What a {@link ZeroShotScorer} is made of. */
export interface ZeroShotScorerOptions {
  readonly model: EntailmentModel;
  /** Says which rules are worth asking for. */
  readonly ranking: RuleRanking;
  /** Says which passages are worth reading for a rule. */
  readonly encoder: TextEncoder;
  readonly background: Background;
  /** What log-odds of 1 over the background count. @default 1 */
  readonly scale?: number;
}

/** Changes with the code of this folder. */
const VERSION = 1;

/** Rules that are asked for, passages that are read for each beside the first one, and their length. */
const MOST_RULES = 4;
const MOST_PASSAGES = 2;
const PASSAGE_CHARACTERS = 900;

/** Passages that are compared with the rules, from the front. */
const MOST_COMPARED = 64;

/** Hypotheses whose background is kept. */
const MOST_KEPT = 4096;

const NOTHING: Score = { raw: rawScore(0), evidence: [] };

/**
 * Asks a model of natural language inference whether passages of the document entail what a rule says, as in Yin et al.
 * (2019), "Benchmarking Zero-shot Text Classification". Only the best passages of the best few rules are asked, so the cost
 * grows neither with the document nor with the number of rules; rules that are not asked for score nothing.
 */
export class ZeroShotScorer implements Scorer {
  readonly name = 'zero-shot';
  readonly identity: string;
  readonly capabilities = { languages: 'any', maxTokens: null, deterministic: true } as const;
  private readonly backgrounds = new Map<string, Promise<number>>();

  constructor(private readonly options: ZeroShotScorerOptions) {
    this.identity = `zero-shot/${VERSION}:${options.model.identity}`;
  }

  async prepare(ruleSet: RuleSet): Promise<PreparedScorer> {
    const { ranking, encoder } = this.options;
    const [rank, vectors] = await Promise.all([
      ranking.prepare(ruleSet),
      encoder.embed(ruleSet.rules.map(ruleText), 'rule'),
    ]);
    const hypotheses = ruleSet.rules.map(hypothesisOf);
    return {
      score: async (document) => {
        const asked = bestRules(await rank(document));
        const passages = cutPassages(document.pages, PASSAGE_CHARACTERS);
        const read = await this.passagesOf(
          passages,
          asked.map((rule) => vectors[rule] as Float32Array),
        );
        const scores = ruleSet.rules.map(() => NOTHING);
        for (const [index, rule] of asked.entries()) {
          scores[rule] = await this.ask(hypotheses[rule] as string, read[index] as readonly Passage[]);
        }
        return sheetOf(scores, { asked: asked.length, read: new Set(read.flat()).size, total: passages.length });
      },
    };
  }

  /** For each rule vector: the first passage and those that are nearest. */
  private async passagesOf(passages: readonly Passage[], rules: readonly Float32Array[]): Promise<Passage[][]> {
    const { encoder, background } = this.options;
    const compared = passages.slice(0, MOST_COMPARED);
    const vectors = await encoder.embed(
      compared.map(({ text }) => text),
      'passage',
    );
    return rules.map((rule) => {
      const near = vectors
        .map((vector, index) => ({ index, cosine: centredCosine(rule, vector, background) }))
        .slice(1)
        .sort((one, other) => other.cosine - one.cosine || one.index - other.index)
        .slice(0, MOST_PASSAGES);
      return [0, ...near.map(({ index }) => index)].flatMap((index) => compared[index] ?? []);
    });
  }

  private async ask(hypothesis: string, passages: readonly Passage[]): Promise<Score> {
    if (passages.length === 0) return NOTHING;
    const { model, scale = 1 } = this.options;
    const answers = await model.entail(passages.map(({ text }) => ({ premise: text, hypothesis })));
    const best = Math.max(...answers);
    const gained = best - (await this.backgroundOf(hypothesis));
    const passage = passages[answers.indexOf(best)] as Passage;
    return { raw: rawScore(scale * softplus(gained)), evidence: gained > 0 ? [passageQuote(passage, gained)] : [] };
  }

  /** Mean log-odds of a hypothesis over texts that have nothing to do with it. */
  private backgroundOf(hypothesis: string): Promise<number> {
    const known = this.backgrounds.get(hypothesis);
    if (known) return known;
    if (this.backgrounds.size >= MOST_KEPT) this.backgrounds.clear();
    const asked = this.options.model
      .entail(GENERAL_PASSAGES.map((premise) => ({ premise, hypothesis })))
      .then((answers) => answers.reduce((sum, answer) => sum + answer, 0) / answers.length);
    this.backgrounds.set(hypothesis, asked);
    return asked;
  }
}

function bestRules(ranks: readonly number[]): number[] {
  return ranks
    .map((rank, rule) => ({ rank, rule }))
    .sort((one, other) => other.rank - one.rank || one.rule - other.rule)
    .slice(0, MOST_RULES)
    .map(({ rule }) => rule);
}

function sheetOf(
  rules: readonly Score[],
  { asked, read, total }: { readonly asked: number; readonly read: number; readonly total: number },
): ScoreSheet {
  const remarks = [
    ...(asked < rules.length ? [`Asked the model for the ${asked} most likely of ${rules.length} rules.`] : []),
    ...(read < total ? [`The model read ${read} of ${total} passages.`] : []),
  ];
  return { rules, background: new Map(), ...(remarks.length > 0 ? { remarks } : {}) };
}

/** Positive and rising everywhere, so that rules that were asked for never tie with those that were not. */
function softplus(value: number): number {
  return value > 30 ? value : Math.log1p(Math.exp(value));
}
