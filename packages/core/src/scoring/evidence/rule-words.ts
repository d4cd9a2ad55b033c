import { foldPhrase, PhraseMatcher } from '../../knowledge/phrase-matcher.js';
import { foldWord } from '../../pages/tokens.js';
import type { Rule } from '../../rules/rule-set.js';
import { splitLabel } from '../../rules/split-label.js';
import { splitNegations } from '../../rules/split-negations.js';
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

interface Term {
  /** Index into the keys of the matcher. */
  readonly key: number;
  readonly word: string;
  readonly weight: number;
}

interface RuleTerms {
  readonly terms: readonly Term[];
  /** Of all its terms. */
  readonly fullWeight: number;
}

/** Of a rule none of whose words stands in the document. */
export const NO_WORDS: WordsScore = { total: 0, hits: [] };

/** The words of several rules, looked for in one pass over a document. Each rule's score depends on its own words alone. */
export class RuleWords {
  private readonly rules: readonly RuleTerms[];
  private readonly keyCount: number;
  private readonly matcher: PhraseMatcher;

  constructor(
    rules: readonly Rule[],
    statistics: WordStatistics,
    private readonly weights: EvidenceWeights,
  ) {
    const keys = new Map<string, number>();
    const stopWords = new Set(statistics.stopWords);
    this.rules = rules.map((rule) => {
      const terms = [...weighWords(rule, stopWords, statistics)].map(([word, weight]): Term => {
        const key = foldPhrase(word);
        if (!keys.has(key)) keys.set(key, keys.size);
        return { key: keys.get(key) as number, word, weight };
      });
      return { terms, fullWeight: terms.reduce((sum, term) => sum + term.weight, 0) };
    });
    this.keyCount = keys.size;
    this.matcher = new PhraseMatcher([...keys.keys()]);
  }

  /** One score per rule, in the order of the rules. */
  score(pages: readonly TokenisedPage[]): WordsScore[] {
    const counts: (PhraseCount | undefined)[] = new Array(this.keyCount).fill(undefined);
    locatePhrases(this.matcher, pages, (key, page, firstToken, lastToken) => {
      counts[key] = countPlace(counts[key], page, firstToken, lastToken);
    });
    return this.rules.map((rule) => this.scoreRule(rule, counts));
  }

  private scoreRule({ terms, fullWeight }: RuleTerms, counts: readonly (PhraseCount | undefined)[]): WordsScore {
    const { saturation, head } = this.weights;
    const hits: WordHit[] = [];
    for (const { key, word, weight } of terms) {
      const count = counts[key];
      if (count)
        hits.push({
          word,
          place: count.first,
          weight: (weight * occurrenceWeight(count, saturation, head)) / fullWeight,
        });
    }
    if (hits.length === 0) return NO_WORDS;
    hits.sort((one, other) => other.weight - one.weight || (one.word < other.word ? -1 : 1));
    return { total: hits.reduce((sum, hit) => sum + hit.weight, 0), hits };
  }
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

const SEGMENTER = new Intl.Segmenter('en', { granularity: 'word' });

/** `10-K`, `W-2`, `ISO-9001`: names of things, of which no part means anything by itself. */
const CODE = /(?<![\p{L}\p{N}])(?=[\p{L}-]*\p{N})[\p{L}\p{N}]+(?:-[\p{L}\p{N}]+)+(?![\p{L}\p{N}])/gu;

/** The words of a text that mean something, each once. Text without blanks is segmented by `Intl.Segmenter`. */
function contentWords(text: string, stopWords: ReadonlySet<string>): string[] {
  const plain = text.normalize('NFKC');
  const byKey = new Map((plain.match(CODE) ?? []).map((code) => [foldPhrase(code), code.toLowerCase()]));
  for (const { segment, isWordLike } of SEGMENTER.segment(plain.replace(CODE, ' '))) {
    const folded = foldWord(segment);
    if (!isWordLike || stopWords.has(folded) || RULE_SPEECH.has(folded) || saysNothing(segment)) continue;
    const key = foldPhrase(segment);
    if (key !== '') byKey.set(key, segment.toLowerCase());
  }
  return [...byKey.values()];
}

/** Single letters and small numbers stand on papers of any kind. */
function saysNothing(word: string): boolean {
  return (/^\p{L}$/u.test(word) && !/^\p{Script=Han}$/u.test(word)) || /^\p{N}{1,2}$/u.test(word);
}
