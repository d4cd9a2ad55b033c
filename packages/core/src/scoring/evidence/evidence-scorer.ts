import type { DocumentRecord } from '../../documents/read-document.js';
import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { RuleLinker, type RuleLinks } from '../../rules/link-rule.js';
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
import { buildCueTable } from './cue-table.js';
import { describeLayout } from './describe-layout.js';
import { documentFacts } from './document-facts.js';
import { EVIDENCE_WEIGHTS, type EvidenceWeights } from './evidence-weights.js';
import { type LayoutQuantiles, LayoutStatistics } from './layout-statistics.js';
import { type PhrasePlace, type TokenisedPage, tokenisePages } from './located-phrases.js';
import { quoteAt } from './quote.js';
import { buildRuleWordTable, NO_WORDS, RuleWords, type RuleWordTable, type WordsScore } from './rule-words.js';
import { SlipMenders } from './slip-menders.js';
import { type TypeScore, TypeScorer } from './type-scorer.js';

/** What an {@link EvidenceScorer} is made of. */
export interface EvidenceScorerOptions {
  readonly knowledge: CompiledKnowledge;
  readonly layout: LayoutQuantiles;
  /** @default one that knows names alone */
  readonly linker?: RuleLinker;
  /** @default EVIDENCE_WEIGHTS */
  readonly weights?: EvidenceWeights;
}

/** Changes with the code of this folder. */
const VERSION = 1;

/** With fewer words than this, a word that fits is a coincidence more often than not. */
const ENOUGH_WORDS = 30;

/** Pieces of evidence that a score keeps. */
const MOST_EVIDENCE = 12;

/**
 * Finds what a rule asks for in the text: its own words, and the cues and the layout of the document types that it speaks
 * of. Types that no rule speaks of are scored in the same way, as background.
 */
export class EvidenceScorer implements Scorer {
  readonly name = 'evidence';
  readonly identity: string;
  readonly capabilities;
  private readonly weights: EvidenceWeights;
  private readonly types: TypeScorer;
  private readonly linker: RuleLinker;
  private readonly background: RuleWords;
  private readonly menders: SlipMenders;

  constructor(private readonly options: EvidenceScorerOptions) {
    const { knowledge, layout, weights = EVIDENCE_WEIGHTS, linker = new RuleLinker(knowledge) } = options;
    this.weights = weights;
    const { tables } = knowledge;
    const cues = tables && weights === EVIDENCE_WEIGHTS ? tables.cues : buildCueTable(knowledge, weights);
    this.types = new TypeScorer(knowledge, weights, new LayoutStatistics(layout), cues);
    this.linker = linker;
    this.background = new RuleWords(tables?.typeWords ?? buildTypeWordTable(knowledge), weights);
    this.menders = new SlipMenders(knowledge);
    this.identity = `evidence/${VERSION}:${knowledge.identity}`;
    const languages = knowledge.languages.length > 0 ? knowledge.languages : ('any' as const);
    this.capabilities = { languages, maxTokens: null, deterministic: true };
  }

  async prepare({ rules }: RuleSet): Promise<PreparedScorer> {
    const links = rules.map((rule) => this.linker.link(rule));
    const words = new RuleWords(buildRuleWordTable(rules, this.options.knowledge), this.weights);
    return { score: async (document) => this.score(document, links, words) };
  }

  /** The document types that a rule speaks of. */
  linksOf(rule: Rule): RuleLinks {
    return this.linker.link(rule);
  }

  private score(document: DocumentRecord, links: readonly RuleLinks[], words: RuleWords): ScoreSheet {
    const read = tokenisePages(document);
    const isOcr = document.pages.some(({ method }) => method === 'ocr');
    const pages = isOcr ? tokenisePages(document, this.menders.of(document.language.code)) : read;
    const typeScores = this.types.score(pages, documentFacts(document), document.language.code);
    const certainty = certaintyOf(pages);
    const typeWords = this.background.score(pages);
    const ruleWords = isOcr ? bestOf(words.score(read), words.score(pages)) : words.score(pages);
    const background = new Map<string, Score>();
    this.options.knowledge.types.forEach((type, index) => {
      const itself = { wanted: [{ type: index, weight: 1 }], unwanted: [] };
      background.set(type.id, this.combine(itself, typeWords[index] ?? NO_WORDS, typeScores, certainty));
    });
    return {
      rules: links.map((link, index) => this.combine(link, ruleWords[index] ?? NO_WORDS, typeScores, certainty)),
      background,
    };
  }

  /** @param certainty 0 to 1: how much the document has to go by */
  private combine(
    { wanted, unwanted }: RuleLinks,
    words: WordsScore,
    typeScores: readonly TypeScore[],
    certainty: number,
  ): Score {
    const totalOf = (type: number) => typeScores[type]?.total ?? 0;
    const best = wanted.reduce<{ type: number; value: number } | undefined>((leader, { type, weight }) => {
      const value = weight * totalOf(type);
      return !leader || value > leader.value ? { type, value } : leader;
    }, undefined);
    const against = unwanted.length === 0 ? 0 : Math.max(0, ...unwanted.map(totalOf)) * this.weights.unwanted;
    const total = (best?.value ?? 0) + this.weights.ownWords * words.total - against;
    const typeScore = best && best.value > 0 ? typeScores[best.type] : undefined;
    const name = typeScore && best ? this.options.knowledge.types[best.type]?.name : undefined;
    return new EvidenceScore(rawScore(certainty * total), name, typeScore, words);
  }
}

/** Lists what it rests on when it is asked for, which for most rules and types it never is. */
class EvidenceScore implements Score {
  constructor(
    readonly raw: RawScore,
    readonly documentType: string | undefined,
    private readonly typeScore: TypeScore | undefined,
    private readonly words: WordsScore,
  ) {}

  get evidence(): Evidence[] {
    return listEvidence(this.typeScore, this.documentType, this.words);
  }

  get layout(): string[] {
    return this.typeScore ? describeLayout(this.typeScore.layout()) : [];
  }
}

/** The words of the document types' own descriptions: background for rules. */
export function buildTypeWordTable(knowledge: CompiledKnowledge): RuleWordTable {
  const typesAsRules = knowledge.types.map(({ name, description }) => ({ type: name, description }));
  return buildRuleWordTable(typesAsRules, knowledge);
}

/** What is no word to the knowledge may be one of a rule, and must not be mended away. */
function bestOf(one: readonly WordsScore[], other: readonly WordsScore[]): WordsScore[] {
  return one.map((score, rule) => ((other[rule]?.total ?? 0) > score.total ? (other[rule] as WordsScore) : score));
}

function certaintyOf(pages: readonly TokenisedPage[]): number {
  return Math.min(1, pages.reduce((sum, page) => sum + page.tokens.words.length, 0) / ENOUGH_WORDS);
}

function listEvidence(
  typeScore: TypeScore | undefined,
  documentType: string | undefined,
  words: WordsScore,
): Evidence[] {
  const cues = (typeScore?.hits() ?? [])
    .slice(0, MOST_EVIDENCE)
    .map(({ place, weight }) => toEvidence(place, weight, documentType));
  const own = words.hits.slice(0, MOST_EVIDENCE).map(({ place, weight }) => toEvidence(place, weight));
  return [...cues, ...own];
}

function toEvidence({ page, firstToken, lastToken }: PhrasePlace, weight: number, documentType?: string): Evidence {
  const start = page.tokens.starts[firstToken] ?? 0;
  const end = page.tokens.ends[lastToken] ?? start;
  const quote = quoteAt(page.text, start, end);
  return { page: page.page, start, end, quote, weight, ...(documentType ? { documentType } : {}) };
}
