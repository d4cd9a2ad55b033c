import type { DocumentRecord } from '../documents/read-document.js';
import { formatPages } from '../pages/page-selection.js';
import type { Evidence } from '../scoring/scorer.js';
import type { Candidate, Decision } from './decide.js';

/** What the reasoning is written from. */
export interface ReasoningInput {
  readonly decision: Decision;
  readonly document: DocumentRecord;
  /** Plain name of a document type, by id. */
  readonly nameOf: (id: string) => string;
  /** Languages that the scorers know something of. */
  readonly languages: readonly string[] | 'any';
  /** Sentences of the scorers: what they did not look at. */
  readonly remarks?: readonly string[];
  /** Words of the document are left out when false, for those who must forget the document. @default true */
  readonly withQuotes?: boolean;
}

/** Writes down the words of evidence. */
type Quoting = (evidence: readonly Evidence[]) => string;

/** Stands where words of a document stood. */
const REMOVED = '[removed]';

/** Cues that are quoted at most, and words of the rule. */
const MOST_QUOTES = 4;
const MOST_OWN_WORDS = 3;

/** Words of the rule that say less than this share of it are not worth a quote. */
const LEAST_OWN_WEIGHT = 0.05;

/**
 * Says in one paragraph why a label was given, or why none was: the pages, the quoted words, what they mark, the runner-up,
 * and what was read. The same input gives the same text.
 */
export function writeReasoning(input: ReasoningInput): string {
  const { decision, document, nameOf, languages, remarks = [], withQuotes = true } = input;
  const quoting: Quoting = withQuotes ? listQuotes : () => REMOVED;
  const [best] = decision.candidates;
  const next = runnerUp(decision);
  const sentences = [
    decision.type === null ? explainNull(decision, nameOf, quoting) : explainMatch(best, quoting),
    decision.type !== null && next ? `Next: ${next.type} (${formatConfidence(next.confidence)}).` : undefined,
    ...describePages(document),
    ...remarks,
    describeLanguage(document.language.code, languages),
  ];
  return sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}

/** The label that comes next; of several that are equally unlikely, the one with the best score. */
function runnerUp({ candidates: [, ...others] }: Decision): Candidate | undefined {
  const equal = others.filter(({ confidence }) => confidence === others[0]?.confidence);
  return equal.reduce<Candidate | undefined>(
    (next, one) => (!next || one.score.value > next.score.value ? one : next),
    undefined,
  );
}

function explainMatch(best: Candidate | undefined, quoting: Quoting): string {
  const shown = best?.score.shown;
  const { cues, own } = splitEvidence(shown?.evidence ?? []);
  const layout = shown?.layout ?? [];
  const named = shown?.documentType;
  const marks = named ? `which ${cues.length > 1 ? 'mark' : 'marks'} ${withArticle(named)}` : undefined;
  const asks = own.length > 0 ? `the rule also asks for ${quoting(own)}` : undefined;
  if (cues.length > 0 && marks)
    return `${readsQuotes(cues, quoting)}, ${[marks, asks].filter(Boolean).join('; ')}.${describeLayout(layout)}`;
  if (own.length > 0) return `${readsQuotes(own, quoting)}, which the rule asks for.${describeLayout(layout)}`;
  if (layout.length > 0) return `The layout fits ${withArticle(named ?? 'such a document')}: ${listWords(layout)}.`;
  const [near] = (shown?.evidence ?? []).filter(({ kind }) => kind === 'passage');
  const resembles = 'The text as a whole resembles the description of the rule.';
  return near ? `${resembles} ${upperFirst(placeOf(near.page))} comes nearest: ${quoting([near])}.` : resembles;
}

function explainNull(
  { candidates, rejection, floor, margin, background }: Decision,
  nameOf: (id: string) => string,
  quoting: Quoting,
): string {
  const [best, next] = candidates;
  if (!best) return 'There is no rule.';
  const nearest = `${best.type} (${formatConfidence(best.confidence)})`;
  if (rejection === 'within_margin' && next) {
    const pair = `${nearest} and ${next.type} (${formatConfidence(next.confidence)})`;
    return `No rule fits clearly: ${pair} are closer together than the margin of ${formatThreshold(margin)}.`;
  }
  const verdict = `No rule fits: the nearest is ${nearest}, under the floor of ${formatThreshold(floor)}.`;
  if (!background || background.score.value <= best.score.value) return verdict;
  const { cues } = splitEvidence(background.score.shown.evidence);
  // One word of a type is a coincidence.
  if (cues.length < 2) return verdict;
  return `${verdict} It looks more like ${withArticle(nameOf(background.id))}: ${lowerFirst(readsQuotes(cues, quoting))}.`;
}

/** Cues of document types, and words of the rule that no cue quotes already. */
function splitEvidence(evidence: readonly Evidence[]) {
  const cues = firstOfEachQuote(evidence.filter((one) => one.documentType !== undefined)).slice(0, MOST_QUOTES);
  const quoted = cues.map((cue) => cue.quote.toLowerCase()).join(' ');
  const own = evidence.filter((one) => {
    return (
      one.kind === undefined &&
      one.documentType === undefined &&
      one.weight >= LEAST_OWN_WEIGHT &&
      !quoted.includes(one.quote.toLowerCase())
    );
  });
  return { cues, own: firstOfEachQuote(own).slice(0, MOST_OWN_WORDS) };
}

/** Leaves out quotes that stand inside a stronger one. */
function firstOfEachQuote(evidence: readonly Evidence[]): Evidence[] {
  const kept: Evidence[] = [];
  for (const one of evidence) {
    const quote = one.quote.toLowerCase();
    if (!kept.some((other) => other.quote.toLowerCase().includes(quote))) kept.push(one);
  }
  return kept;
}

/** `Page 1 reads "a" and "b", page 3 "c"`; page 0 is the title. */
function readsQuotes(evidence: readonly Evidence[], quoting: Quoting): string {
  const pages = [...new Set(evidence.map((one) => one.page))].sort((one, other) => one - other);
  const parts = pages.map((page, index) => {
    const quotes = quoting(evidence.filter((one) => one.page === page));
    const place = placeOf(page);
    return index === 0 ? `${upperFirst(place)} reads ${quotes}` : `${place} ${quotes}`;
  });
  return parts.join(', ');
}

function placeOf(page: number): string {
  return page === 0 ? 'the title' : `page ${page}`;
}

function listQuotes(evidence: readonly Evidence[]): string {
  return listWords(evidence.map((one) => `"${one.quote}"`));
}

function listWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function describeLayout(layout: readonly string[]): string {
  return layout.length === 0 ? '' : ` Its layout fits: ${listWords(layout)}.`;
}

function describePages({ pages, pageCount, pastEnd, damagedPages: damaged = [] }: DocumentRecord): string[] {
  const numbers = pages.map((page) => page.number);
  const empty = pages
    .filter((page) => page.method === 'none' && !damaged.includes(page.number))
    .map((page) => page.number);
  const word = numbers.length === 1 ? 'page' : 'pages';
  return [
    `Read ${word} ${formatPages(numbers)} of ${pageCount}.`,
    describeOcr(pages),
    damaged.length > 0
      ? `Damaged and left out: ${damaged.length === 1 ? 'page' : 'pages'} ${formatPages(damaged)}.`
      : '',
    empty.length > 0 ? `No text on ${empty.length === 1 ? 'page' : 'pages'} ${formatPages(empty)}.` : '',
    pastEnd ? `Pages past the end were asked for: ${pastEnd}.` : '',
  ];
}

/** `Page 1 read by OCR, confidence 74; page 2, confidence 60.` */
function describeOcr(pages: DocumentRecord['pages']): string {
  const read = pages.filter((page) => page.method === 'ocr');
  const parts = read.map(({ number, ocr }, index) => {
    const place = index === 0 ? `Page ${number} read by OCR` : `page ${number}`;
    return `${place}, confidence ${ocr?.confidence ?? 0}`;
  });
  return parts.length === 0 ? '' : `${parts.join('; ')}.`;
}

function describeLanguage(code: string, languages: readonly string[] | 'any'): string | undefined {
  if (languages === 'any' || code === 'und' || languages.includes(code)) return undefined;
  return `The text is in ${languageName(code)} (${code}), of which the knowledge has no cues: only the rule's own words could match.`;
}

function languageName(code: string): string {
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return 'an unknown language';
  }
}

/** Names of which there is no "a": plurals, and what is not counted. */
const WITHOUT_ARTICLE = /(?:minutes|terms|lyrics|notes|subtitles|questions|articles of|bylaws|terms of)/i;

function withArticle(name: string): string {
  if (WITHOUT_ARTICLE.test(name)) return name;
  return /^(?:[aeio]|u(?!ni|se|ti))/.test(name) || /^[AEFHILMNORSX](?:[A-Z\d-]|$)/.test(name)
    ? `an ${name}`
    : `a ${name}`;
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

/** Thresholds are set by people, with as many decimals as they like; three are enough to tell. */
function formatThreshold(threshold: number): string {
  return threshold.toFixed(3).replace(/0$/, '');
}

/** Confidences as people read them: two decimals. */
export function formatConfidence(confidence: number): string {
  return confidence.toFixed(2);
}
