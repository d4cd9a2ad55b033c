import { foldPhrase, PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { buildPhraseTable, type PhraseTable } from '../../knowledge/phrase-table.js';
import { foldWord } from '../../pages/tokens.js';
import type { Rule } from '../../rules/rule-set.js';
import { splitLabel } from '../../rules/split-label.js';
import { splitNegations } from '../../rules/split-negations.js';
import { splitWords } from '../../rules/split-words.js';
import type { EvidenceWeights } from './evidence-weights.js';
import {
  countPlace,
  locatePhrases,
  occurrenceWeight,
  type PhraseCount,
  type PhrasePlace,
  type TokenisedPage,
} from './located-phrases.js';
import { rarity, type WordStatistics } from './word-rarity.js';

/** A word of the rule that stands in the document. */
export interface WordHit {
  readonly word: string;
  readonly place: PhrasePlace;
  readonly weight: number;
}

/** What a rule's own words find. */
export interface WordsScore {
  /** 0 (none of them) to about 2 (all of them, again and again). */
  readonly total: number;
  /** Strongest first. */
  readonly hits: readonly WordHit[];
}

/** Words of rules, not of documents. */
const RULE_SPEECH = new Set(
  'document documents file page paper papers showing shows listing lists list containing contains including includes such like other used usually typically often text title short kind type form'
    .split(' ')
    .map(foldWord),
);

/** A rule's label counts more than its description. */
const LABEL_WEIGHT = 2;

/** The words of several rules with what each counts, in flat arrays and ready to be looked for. */
export interface RuleWordTable {
  readonly phrases: PhraseTable;
  /** By rule, and one more: its first word in the lists below. */
  readonly firstTerm: Int32Array;
  /** Indexes into the phrases. */
  readonly keys: Int32Array;
  readonly words: readonly string[];
  readonly weights: Float64Array;
}

/** Weighs the words of rules; each rule's by themselves. */
export function buildRuleWordTable(rules: readonly Rule[], statistics: WordStatistics): RuleWordTable {
  const keys = new Map<string, number>();
  const stopWords = new Set(statistics.stopWords);
  const firstTerm = [0];
  const terms = rules.flatMap((rule) => {
    const weighed = [...weighWords(rule, stopWords, statistics)];
    firstTerm.push((firstTerm.at(-1) ?? 0) + weighed.length);
    return weighed.map(([word, weight]) => {
      const key = foldPhrase(word);
      if (!keys.has(key)) keys.set(key, keys.size);
      return { key: keys.get(key) as number, word, weight };
    });
  });
  return {
    phrases: buildPhraseTable([...keys.keys()]),
    firstTerm: Int32Array.from(firstTerm),
    keys: Int32Array.from(terms, ({ key }) => key),
    words: terms.map(({ word }) => word),
    weights: Float64Array.from(terms, ({ weight }) => weight),
  };
}

/** Of a rule none of whose words stands in the document. */
export const NO_WORDS: WordsScore = { total: 0, hits: [] };

/** The words of several rules, looked for in one pass over a document. Each rule's score depends on its own words alone. */
export class RuleWords {
  private readonly matcher: PhraseMatcher;
  /** By rule: of all its words. */
  private readonly fullWeights: Float64Array;
  /** Of all phrases. */
  private readonly keyCount: number;

  constructor(
    private readonly table: RuleWordTable,
    private readonly weights: EvidenceWeights,
  ) {
    this.matcher = new PhraseMatcher(table.phrases);
    this.keyCount = table.keys.reduce((most, key) => Math.max(most, key + 1), 0);
    this.fullWeights = Float64Array.from({ length: table.firstTerm.length - 1 }, (_, rule) => sumOfRule(table, rule));
  }

  /** One score per rule, in the order of the rules. */
  score(pages: readonly TokenisedPage[]): WordsScore[] {
    // At its full length from the start: an array that grows by leaps becomes a dictionary.
    const counts = new Array<PhraseCount | undefined>(this.keyCount);
    locatePhrases(this.matcher, pages, (key, page, firstToken, lastToken) => {
      counts[key] = countPlace(counts[key], page, firstToken, lastToken);
    });
    const scores: WordsScore[] = [];
    for (let rule = 0; rule < this.fullWeights.length; rule++) scores.push(this.scoreTerms(rule, counts));
    return scores;
  }

  private scoreTerms(rule: number, counts: readonly (PhraseCount | undefined)[]): WordsScore {
    const { saturation, head } = this.weights;
    const fullWeight = this.fullWeights[rule] as number;
    const { firstTerm, keys, words, weights } = this.table;
    const [first, end] = [firstTerm[rule] as number, firstTerm[rule + 1] as number];
    const hits: WordHit[] = [];
    for (let term = first; term < end; term++) {
      const count = counts[keys[term] as number];
      if (!count) continue;
      const weight = ((weights[term] as number) * occurrenceWeight(count, saturation, head)) / fullWeight;
      hits.push({ word: words[term] as string, place: count.first, weight });
    }
    if (hits.length === 0) return NO_WORDS;
    hits.sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1));
    return { total: hits.reduce((sum, hit) => sum + hit.weight, 0), hits };
  }
}

function sumOfRule({ firstTerm, weights }: RuleWordTable, rule: number): number {
  return weights.subarray(firstTerm[rule], firstTerm[rule + 1]).reduce((sum, weight) => sum + weight, 0);
}

/** The words of a rule that mean something, with what each counts. */
function weighWords(
  rule: Rule,
  stopWords: ReadonlySet<string>,
  statistics: WordStatistics,
): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const add = (text: string, factor: number) => {
    for (const word of contentWords(text, stopWords)) {
      words.set(word, Math.max(words.get(word) ?? 0, factor * rarity(word, statistics)));
    }
  };
  add(splitNegations(rule.description).positive, 1);
  for (const label of splitLabel(rule.type)) add(label, LABEL_WEIGHT);
  return words;
}

/** `10-K`, `W-2`, `ISO-9001`: names of things, of which no part means anything by itself. */
const CODE = /(?<![\p{L}\p{N}])(?=[\p{L}-]*\p{N})[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+(?![\p{L}\p{N}])/gu;

/** The words of a text that mean something, each once. */
function contentWords(text: string, stopWords: ReadonlySet<string>): string[] {
  const plain = text.normalize('NFKC');
  const byKey = new Map((plain.match(CODE) ?? []).map((code) => [foldPhrase(code), code.toLowerCase()]));
  for (const word of splitWords(plain.replace(CODE, ' '))) {
    const folded = foldWord(word);
    if (stopWords.has(folded) || RULE_SPEECH.has(folded) || saysNothing(word)) continue;
    const key = foldPhrase(word);
    if (key !== '') byKey.set(key, word.toLowerCase());
  }
  return [...byKey.values()];
}

/** Single letters and small numbers stand on papers of any kind. */
function saysNothing(word: string): boolean {
  return (/^\p{L}$/u.test(word) && !/^\p{Script=Han}$/u.test(word)) || /^\p{N}{1,2}$/u.test(word);
}
