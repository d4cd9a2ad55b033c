import { distance } from 'fastest-levenshtein';
import type { CompiledKnowledge } from '../../knowledge/compiled-knowledge.js';
import { foldWord, tokenise } from '../../pages/tokens.js';
import type { Rule } from '../rule-set.js';
import { splitLabel } from '../split-label.js';
import { splitNegations } from '../split-negations.js';
import type { LintFinding } from './lint-finding.js';

/** Words that every document could be called by. */
const GENERIC = new Set(
  'document documents doc docs file files paper papers page pages text texts thing things item items content contents information info data type types kind kinds sort stuff material any all every various general related relevant important relating regarding concerning dokument datei unterlage fichier archivo documento'
    .split(' ')
    .map(foldWord),
);

const CATCH_ALL =
  /^(?:other|others|misc|miscellaneous|unknown|none|rest|else|anything|everything|default|fallback|uncategori[sz]ed|sonstiges|andere|autre|autres|divers|otro|otros|varios)$|\b(?:anything else|everything else|all other documents|any other document|none of the above|does not fit|alles andere|tout le reste|todo lo dem[aá]s)\b/iu;

const OPAQUE = /^(?:[a-z]|(?:type|class|category|label|rule|typ|klasse)?[\s_-]*\d+|[a-z]{1,3}[\s_-]?\d+)$/iu;

/** Fewer words that mean something say too little. */
const FEWEST_WORDS = 3;

/** Shorter words are too easily near to others; from the second length on, two edits are still a slip. */
const TYPO = { shortest: 5, long: 9 } as const;

/** Share of a description's words that nothing knows, from which that is worth a remark. */
const MANY_UNKNOWN = 0.5;

/**
 * What stands out about the wording of single rules.
 * @param vocabulary folded words that are known beside those of the knowledge
 */
export function lintWording(
  rules: readonly Rule[],
  knowledge: CompiledKnowledge,
  vocabulary: Iterable<string>,
): LintFinding[] {
  const known = new Set([...knownWords(knowledge), ...vocabulary]);
  const stopWords = new Set(knowledge.stopWords);
  return rules.flatMap((rule, index) => {
    const isWord = (word: string) => /\p{L}/u.test(word) && !stopWords.has(word) && !GENERIC.has(word);
    const { positive } = splitNegations(rule.description);
    const words = [...new Set(tokenise(positive).words.filter(isWord))];
    return [
      ...catchAll(rule, index),
      ...vague(rule, index, words),
      ...negation(rule, index),
      ...opaque(rule, index),
      ...unknownWords(rule, index, words, known),
    ];
  });
}

function catchAll({ type, description }: Rule, index: number): LintFinding[] {
  const label = splitLabel(type)[0] ?? type;
  const words = [label, description].flatMap((text) => CATCH_ALL.exec(text)?.[0] ?? []);
  if (words.length === 0) return [];
  return [
    {
      id: 'catch-all',
      severity: 'warning',
      rules: [index],
      words,
      message: `${type} is a catch-all: no words mark what is none of the others`,
      advice: 'leave the rule out; what fits no rule is answered null',
    },
  ];
}

function vague({ type }: Rule, index: number, words: readonly string[]): LintFinding[] {
  if (words.length >= FEWEST_WORDS) return [];
  const said = words.length === 0 ? 'no word' : words.length === 1 ? 'one word' : `${words.length} words`;
  return [
    {
      id: 'vague-description',
      severity: 'warning',
      rules: [index],
      words,
      message: `the description of ${type} has ${said} to tell its documents by`,
      advice: 'say what the document is and what stands on it: who made it for whom, its parts, its typical words',
    },
  ];
}

function negation({ type, description }: Rule, index: number): LintFinding[] {
  const { negated } = splitNegations(description);
  if (negated.length === 0) return [];
  const words = negated.map((clause) => clause.trim());
  return [
    {
      id: 'negation',
      severity: 'advice',
      rules: [index],
      words,
      message: `${type} says what it is not: "${words.join('", "')}"`,
      advice:
        'names of document types in it count against the rule, its other words do not count at all; a rule for what is meant instead works better',
    },
  ];
}

function opaque({ type }: Rule, index: number): LintFinding[] {
  if (!OPAQUE.test(type)) return [];
  return [
    {
      id: 'opaque-type',
      severity: 'advice',
      rules: [index],
      words: [type],
      message: `"${type}" says nothing of its documents, so that the description alone must`,
      advice: 'call it what people call such documents, or let the description begin with that name',
    },
  ];
}

function unknownWords(
  { type }: Rule,
  index: number,
  words: readonly string[],
  known: ReadonlySet<string>,
): LintFinding[] {
  const unknown = words.filter((word) => !known.has(word) && /^\p{Script=Latin}+$/u.test(word));
  const slips = unknown.flatMap((word) => {
    const meant = nearestWord(word, known);
    return meant === undefined ? [] : { word, meant };
  });
  const about = { id: 'unknown-words', rules: [index] } as const;
  if (slips.length > 0) {
    const pairs = slips.map(({ word, meant }) => `"${word}" (${meant}?)`).join(', ');
    const advice = 'check the spelling; words that stand in no document find none';
    const message = `${type} has words that are not known: ${pairs}`;
    return [{ ...about, severity: 'advice', words: slips.map(({ word }) => word), message, advice }];
  }
  if (unknown.length < FEWEST_WORDS || unknown.length < MANY_UNKNOWN * words.length) return [];
  const message = `most words of ${type} are in no sample of any known document type: ${unknown.join(', ')}`;
  const advice = 'that is fine for documents of your own field; add the commoner words that stand on them as well';
  return [{ ...about, severity: 'advice', words: unknown, message, advice }];
}

/** Folded words of samples, names, descriptions and cues. */
function knownWords({ types, wordFrequencies }: CompiledKnowledge): ReadonlySet<string> {
  const texts = types.flatMap(({ name, aliases, foreignNames, broader, description, cues }) => {
    return [name, description, ...aliases, ...foreignNames, ...broader, ...cues.map(({ phrase }) => phrase)];
  });
  return new Set([...Object.keys(wordFrequencies), ...texts.flatMap((text) => tokenise(text).words)]);
}

function nearestWord(word: string, known: ReadonlySet<string>): string | undefined {
  if (word.length < TYPO.shortest) return undefined;
  const most = word.length >= TYPO.long ? 2 : 1;
  let best: { readonly word: string; readonly edits: number } | undefined;
  for (const other of known) {
    // A slip seldom hits the first letter; endings are grammar, not slips.
    if (other[0] !== word[0] || Math.abs(other.length - word.length) > most) continue;
    if (other.startsWith(word) || word.startsWith(other)) continue;
    const edits = distance(word, other);
    if (edits <= most && edits < (best?.edits ?? Number.POSITIVE_INFINITY)) best = { word: other, edits };
  }
  return best?.word;
}
