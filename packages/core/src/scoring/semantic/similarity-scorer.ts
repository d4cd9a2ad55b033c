import type { DocumentRecord } from '../../documents/read-document.js';
import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import type { TypeVectors } from '../../knowledge/knowledge-tables.js';
import { cutPassages, type Passage } from '../../pages/passages.js';
import { tokenise } from '../../pages/tokens.js';
import type { Rule, RuleSet } from '../../rules/rule-set.js';
import {
  type Evidence,
  type PreparedScorer,
  type RawScore,
  rawScore,
  type Score,
  type Scorer,
  type ScoreSheet,
} from '../scorer.js';
import { type Background, centreDocument, centreRule, cosine, meanOf, toLength1 } from './background.js';
import { PassageChooser } from './choose-passages.js';
import { passageQuote } from './passage-quote.js';
import { ruleText } from './rule-text.js';
import type { TextEncoder } from './text-encoder.js';

/** What a {@link SimilarityScorer} is made of. */
export interface SimilarityScorerOptions {
  readonly name: 'static' | 'embedding';
  readonly encoder: TextEncoder;
  readonly background: Background;
  readonly knowledge: CompiledKnowledge;
  /** Passages of a document that are compared at most. */
  readonly mostPassages: number;
  /** Longest passage; see `cutPassages`. */
  readonly passageCharacters: number;
  /** What a cosine of 1 counts: makes the scores of different models comparable. @default 1 */
  readonly scale?: number;
}

/** Changes with the code of this folder. */
const VERSION = 2;

/** A text of fewer words resembles anything. */
const ENOUGH_WORDS = 30;
const ENOUGH_CHARACTERS = 1000;

/** A document as vectors. */
interface EmbeddedDocument {
  readonly passages: readonly Passage[];
  readonly vectors: readonly Float32Array[];
  /** Mean of the passages, without the background. */
  readonly mean: Float32Array;
  readonly certainty: number;
  /** Passages of the pages that were read, compared or not. */
  readonly total: number;
}

/**
 * Cosine similarity of each rule and the passages of a document, in the vectors of a text encoder, after subtracting the
 * model's background.
 */
export class SimilarityScorer implements Scorer {
  readonly name: 'static' | 'embedding';
  readonly identity: string;
  readonly capabilities = { languages: 'any', maxTokens: null, deterministic: true } as const;
  private readonly chooser: PassageChooser;
  private background: Promise<ReadonlyMap<string, Float32Array>> | undefined;

  constructor(private readonly options: SimilarityScorerOptions) {
    this.name = options.name;
    this.identity = `${options.name}/${VERSION}:${options.encoder.identity}`;
    this.chooser = new PassageChooser(options.knowledge);
  }

  async prepare({ rules }: RuleSet): Promise<PreparedScorer> {
    this.background ??= this.embedTypes();
    const [vectors, types] = await Promise.all([this.embedRules(rules), this.background]);
    return { score: async (document) => this.compare(await this.embed(document), vectors, types) };
  }

  private async embedTypes(): Promise<ReadonlyMap<string, Float32Array>> {
    const { types, tables } = this.options.knowledge;
    const known = tables?.typeVectors.scorer === this.identity ? rowsOf(tables.typeVectors) : undefined;
    const vectors = known ?? (await this.embedTypesNow());
    return new Map(types.map(({ id }, index) => [id, vectors[index] as Float32Array]));
  }

  /** The vectors of all document types, for the build to keep. */
  async typeVectors(): Promise<TypeVectors> {
    const { dimensions } = this.options.encoder;
    const vectors = await this.embedTypesNow();
    return { scorer: this.identity, dimensions, vectors: Float32Array.from(vectors.flatMap((vector) => [...vector])) };
  }

  private embedTypesNow(): Promise<readonly Float32Array[]> {
    const { types } = this.options.knowledge;
    return this.embedRules(types.map(({ name, description }) => ({ type: name, description })));
  }

  /** Vectors without the background. */
  private async embedRules(rules: readonly Rule[]): Promise<readonly Float32Array[]> {
    const { encoder, background } = this.options;
    const vectors = await encoder.embed(rules.map(ruleText), 'rule');
    return vectors.map((vector) => centreRule(toLength1(vector), background));
  }

  private async embed({ title, pages }: DocumentRecord): Promise<EmbeddedDocument> {
    const { encoder, background, mostPassages, passageCharacters } = this.options;
    const all = cutPassages(pages, passageCharacters);
    const passages = this.chooser.choose(all, mostPassages, pages);
    const texts = passages.map(({ text }, index) => (index === 0 && title ? `${title}\n${text}` : text));
    const vectors = (await encoder.embed(texts, 'passage')).map(toLength1);
    const mean = toLength1(meanOf(vectors, encoder.dimensions, (index) => texts[index]?.length ?? 0));
    const centred = centreDocument(mean, background);
    return { passages, vectors, mean: centred, certainty: certaintyOf(texts), total: all.length };
  }

  private compare(
    document: EmbeddedDocument,
    rules: readonly Float32Array[],
    types: ReadonlyMap<string, Float32Array>,
  ): ScoreSheet {
    const { passages, total, certainty, mean } = document;
    const { background, scale = 1 } = this.options;
    const score = (rule: Float32Array): Score =>
      new SimilarityScore(rawScore(scale * certainty * cosine(rule, mean)), document, rule, background);
    const partial = passages.length < total;
    return {
      rules: rules.map(score),
      background: new Map([...types].map(([id, vector]) => [id, score(vector)])),
      ...(partial ? { remarks: [`Compared in meaning: ${passages.length} of ${total} passages.`] } : {}),
    };
  }
}

/** Finds its passage when it is asked for, which for most rules and types it never is. */
class SimilarityScore implements Score {
  constructor(
    readonly raw: RawScore,
    private readonly document: EmbeddedDocument,
    private readonly rule: Float32Array,
    private readonly background: Background,
  ) {}

  get evidence(): Evidence[] {
    return nearestPassage(this.document, this.rule, this.background);
  }
}

function rowsOf({ vectors, dimensions }: TypeVectors): Float32Array[] {
  const starts = Array.from({ length: vectors.length / dimensions }, (_, row) => row * dimensions);
  return starts.map((start) => vectors.subarray(start, start + dimensions));
}

function certaintyOf(texts: readonly string[]): number {
  const words = tokenise(texts.join('\n').slice(0, ENOUGH_CHARACTERS)).words.length;
  return Math.min(1, words / ENOUGH_WORDS);
}

function nearestPassage(
  { passages, vectors }: EmbeddedDocument,
  rule: Float32Array,
  background: Background,
): Evidence[] {
  const cosines = vectors.map((vector) => cosine(rule, centreDocument(vector, background)));
  const nearest = Math.max(...cosines);
  const passage = passages[cosines.indexOf(nearest)];
  return passage && nearest > 0 ? [passageQuote(passage, nearest)] : [];
}
