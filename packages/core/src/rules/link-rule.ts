import type { CompiledKnowledge } from '../knowledge/compiled-knowledge.js';
import { foldPhrase, PhraseMatcher } from '../knowledge/phrase-matcher.js';
import { buildPhraseTable, type PhraseTable } from '../knowledge/phrase-table.js';
import { type Tokens, tokenise } from '../pages/tokens.js';
import type { Rule } from './rule-set.js';
import { splitLabel } from './split-label.js';
import { splitNegations } from './split-negations.js';

/** A document type that a rule speaks of. */
export interface TypeLink {
  /** Index into `knowledge.types`. */
  readonly type: number;
  /** 0 to 1: how surely the rule means it. */
  readonly weight: number;
}

/** What a rule asks for, in terms of document types. */
export interface RuleLinks {
  /** Strongest first; equal ones in the order of the knowledge. */
  readonly wanted: readonly TypeLink[];
  /** Types that the rule says it does not mean ("not a receipt"). */
  readonly unwanted: readonly number[];
}

/** How surely each way of naming a type means it. */
const WEIGHTS = {
  label: { name: 1, broader: 0.9 },
  labelHead: 0.85,
  labelStart: 0.5,
  labelInside: 0.35,
  definition: { name: 0.75, broader: 0.5 },
  genericDefinition: 0.25,
  detail: 0.15,
  /** Under this nothing was named: the meaning then decides. */
  sureEnough: 0.5,
} as const;

/** Cosines from which a type is meant, and how far behind the nearest one others are meant too. */
const MEANING = { least: 0.45, spread: 0.12 } as const;

/** From here on a description says what stands on the document, no longer what it is. */
const DETAIL =
  /\b(?:with|showing|shows|listing|lists|containing|contains|including|includes|having|has|that|which|where|from|for|about|by|to|on|issued|sent|mit|avec|con|com|met)\b/iu;
const EXAMPLES = /\b(?:such as|e\.g\.|for example|like|namely|i\.e\.|especially|z\.b\.|wie|comme|como)\s/iu;
/** What a phrase names. */
interface NameEntry {
  readonly type: number;
  readonly level: 'name' | 'broader';
  /** A name in another language than English. */
  readonly foreign?: boolean;
}

/** The names of all document types, ready to be looked for. */
export interface NameTable {
  readonly names: readonly NameEntry[];
  readonly phrases: PhraseTable;
}

interface NameMatch extends NameEntry {
  readonly first: number;
  readonly last: number;
}

/** Tells how near a rule is in meaning to each document type. */
export interface RuleMeaning {
  /** One cosine per type, in the order of the knowledge. */
  typeSimilarities(rule: Rule): readonly number[];
}

/** Finds the document types that rules speak of: by name and alias, and where none is named, by meaning. */
export class RuleLinker {
  private readonly matcher: PhraseMatcher;
  private readonly names: readonly NameEntry[];

  /** @param meaning links rules that name no type by what they mean; without it only names count */
  constructor(
    knowledge: CompiledKnowledge,
    private readonly meaning?: RuleMeaning,
  ) {
    const { names, phrases } = knowledge.tables?.names ?? buildNameTable(knowledge);
    this.names = names;
    this.matcher = new PhraseMatcher(phrases);
  }

  link(rule: Rule): RuleLinks {
    const { type, description } = rule;
    const weights = new Map<number, number>();
    for (const label of splitLabel(type)) this.linkLabel(label, weights);
    const named = Math.max(0, ...weights.values()) >= WEIGHTS.labelHead;
    const unwanted = new Set<number>();
    const { positive, negated } = splitNegations(description);
    for (const clause of negated) {
      for (const { level, type: index } of this.find(tokenise(clause))) if (level === 'name') unwanted.add(index);
    }
    this.linkDescription(positive, named, weights);
    if (Math.max(0, ...weights.values()) < WEIGHTS.sureEnough)
      this.linkByMeaning({ type, description: positive }, weights);
    for (const index of unwanted)
      if ((weights.get(index) ?? 0) < WEIGHTS.labelHead) weights.delete(index);
      else unwanted.delete(index);
    const wanted = [...weights].map(([index, weight]) => ({ type: index, weight }));
    wanted.sort((one, other) => other.weight - one.weight || one.type - other.type);
    return { wanted, unwanted: [...unwanted].sort((one, other) => one - other) };
  }

  /** Types about as near to the rule as the nearest, if that is near at all. */
  private linkByMeaning(rule: Rule, weights: Map<number, number>): void {
    const similarities = this.meaning?.typeSimilarities(rule) ?? [];
    const nearest = Math.max(0, ...similarities);
    if (nearest < MEANING.least) return;
    similarities.forEach((similarity, type) => {
      if (similarity >= Math.max(MEANING.least, nearest - MEANING.spread)) raise(weights, type, similarity);
    });
  }

  private linkLabel(label: string, weights: Map<number, number>): void {
    const tokens = tokenise(label);
    const { length } = tokens.words;
    for (const { type, level, first, last } of this.find(tokens)) {
      const whole = first === 0 && last === length - 1;
      const place = last === length - 1 ? WEIGHTS.labelHead : first === 0 ? WEIGHTS.labelStart : WEIGHTS.labelInside;
      raise(weights, type, whole ? WEIGHTS.label[level] : place * WEIGHTS.label[level]);
    }
  }

  /** @param named whether the label names types already: then wider classes in the description add nothing */
  private linkDescription(description: string, named: boolean, weights: Map<number, number>): void {
    const detailAt = DETAIL.exec(description)?.index ?? description.length;
    const examples = EXAMPLES.exec(description);
    const examplesEnd = examples ? clauseEnd(description, examples.index) : 0;
    const tokens = tokenise(description);
    for (const { type, level, first, last } of this.find(tokens)) {
      if (named && level === 'broader') continue;
      const at = tokens.starts[first] ?? 0;
      const defining = at < detailAt || (examples !== null && at > examples.index && at < examplesEnd);
      const generic = level === 'broader' && first === last;
      const weight = generic ? WEIGHTS.genericDefinition : WEIGHTS.definition[level];
      raise(weights, type, defining ? weight : WEIGHTS.detail);
    }
  }

  /** Names in a text, the longest at each place; several types may share one. English goes before other languages. */
  private find(tokens: Tokens): NameMatch[] {
    const found: NameMatch[] = [];
    this.matcher.match(tokens, (phrase, firstToken, lastToken) => {
      const name = this.names[phrase];
      if (name) found.push({ ...name, first: firstToken, last: lastToken });
    });
    return found.filter(
      (one) => !found.some((other) => covers(other, one) || (one.foreign && !other.foreign && overlaps(other, one))),
    );
  }
}

/** Makes the names and wider classes of all document types ready to be looked for. */
export function buildNameTable({ types }: CompiledKnowledge): NameTable {
  const entries = types.flatMap((type, index) => [
    ...[type.name, ...type.aliases].map((phrase) => ({ phrase, type: index, level: 'name' as const })),
    ...type.broader.map((phrase) => ({ phrase, type: index, level: 'broader' as const })),
    ...type.foreignNames.map((phrase) => ({ phrase, type: index, level: 'name' as const, foreign: true })),
  ]);
  return {
    names: entries.map(({ phrase: _, ...entry }) => entry),
    phrases: buildPhraseTable(entries.map(({ phrase }) => foldPhrase(phrase))),
  };
}

function covers(other: NameMatch, one: NameMatch): boolean {
  return other.first <= one.first && other.last >= one.last && other.last - other.first > one.last - one.first;
}

function overlaps(other: NameMatch, one: NameMatch): boolean {
  return other.first <= one.last && other.last >= one.first;
}

function raise(weights: Map<number, number>, type: number, weight: number): void {
  weights.set(type, Math.max(weights.get(type) ?? 0, weight));
}

/** Examples end with the sentence, or where the description goes on to say what stands on the document. */
function clauseEnd(text: string, from: number): number {
  const end = text.slice(from + 1).search(/[.;]\s|,\s*(?:for|with|showing|containing|which|that)\b/iu);
  return end === -1 ? text.length : from + 1 + end;
}
