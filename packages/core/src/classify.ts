import { type DecisionOverrides, decide } from './decision/decide.js';
import { fuseScores } from './decision/fuse-scores.js';
import { writeReasoning } from './decision/reasoning.js';
import type { ReaderLimits } from './documents/document-reader.js';
import type { DocumentSource } from './documents/document-source.js';
import { DEFAULT_LIMITS, DEFAULT_MAX_PAGES } from './documents/limits.js';
import { type DocumentRecord, readDocument } from './documents/read-document.js';
import { type Engine, type EngineOptions, loadEngine } from './engine.js';
import { DocketError } from './errors.js';
import { PageSelection, type PageSelectionOptions } from './pages/page-selection.js';
import { parseRuleSet, type Rule, type RuleSet } from './rules/rule-set.js';
import type { Evidence } from './scoring/scorer.js';

/** What of a document is read: the fields of the API's `parsing_configuration`. */
export interface ParsingOptions extends PageSelectionOptions {
  /** ISO 639-1. A hint that breaks ties of the detection; never switches anything off. */
  readonly lang?: string | null | undefined;
}

/** What {@link classifyDocument} is given. */
export interface ClassifyOptions extends EngineOptions {
  /** A path, a file URL, bytes, or bytes with the name they had. */
  readonly document: DocumentSource;
  /** At least one. Rules of equal `type` are alternatives for one label. */
  readonly rules: readonly Rule[];
  readonly parsing?: ParsingOptions | undefined;
  /** Pages that are read when `parsing` says nothing about pages; 0: all. @default DEFAULT_MAX_PAGES */
  readonly defaultMaxPages?: number | undefined;
  /** Thresholds of a tuned rule set. */
  readonly decision?: DecisionOverrides | undefined;
  /** @default DEFAULT_LIMITS */
  readonly limits?: Partial<ReaderLimits> | undefined;
  /** Adds {@link Classification.explanation}. @default false */
  readonly explain?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** What was read of a document. */
export interface PagesRead {
  /** Pages of the whole document. */
  readonly total: number;
  /** Those that were asked for and exist, 1-based. */
  readonly selected: readonly number[];
  /** Those of them that have text. */
  readonly read: readonly number[];
}

/** What speaks for a label. */
export interface LabelExplanation {
  readonly type: string;
  readonly confidence: number;
  /** The document type whose cues count for it, by its plain name. */
  readonly documentType?: string;
  readonly layout: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** The evidence behind a classification. */
export interface Explanation {
  /** ISO 639-1, or `und`. */
  readonly language: string;
  readonly format: string;
  readonly title?: string;
  /** The best few labels. */
  readonly labels: readonly LabelExplanation[];
  /** The document type that no rule asks for and that fits best. */
  readonly background?: { readonly documentType: string; readonly evidence: readonly Evidence[] };
  readonly floor: number;
  readonly margin: number;
}

/** The answer. */
export interface Classification {
  /** The `type` of the best rule, byte for byte as the caller spelt it, or null when none is good enough. */
  readonly type: string | null;
  /** Calibrated, 0 to 1; for null that of the best rejected rule, so that a high number always means sure of a label. */
  readonly confidence: number;
  /** Why, quoting the page. The same input gives the same text. */
  readonly reasoning: string;
  /** Every label, best first, equal ones by code point. */
  readonly ranking: readonly { readonly type: string; readonly confidence: number }[];
  readonly pages: PagesRead;
  /** Which scorers and models made the scores. */
  readonly scorer: string;
  readonly explanation?: Explanation;
}

/** Labels that an explanation covers. */
const MOST_EXPLAINED = 3;

/**
 * Classifies one document: reads the selected pages, scores every rule, decides. The one pipeline behind command, server
 * and benchmarks.
 * @throws DocketError `request.*` for bad rules or pages, `document.*` for documents that cannot be read, `model.*`
 * @example
 * const { type, confidence, reasoning } = await classifyDocument({
 *   document: 'inbox/scan-17.pdf',
 *   rules: [{ type: 'invoice', description: 'A bill with an invoice number and a total due' }],
 * });
 */
export async function classifyDocument(options: ClassifyOptions): Promise<Classification> {
  const ruleSet = parseRuleSet(options.rules);
  const { targetPages, maxPages, lang } = options.parsing ?? {};
  const firstPages = maxPages ?? ((options.defaultMaxPages ?? DEFAULT_MAX_PAGES) || null);
  const selection = PageSelection.parse({ targetPages, maxPages: firstPages });
  const engine = await loadEngine(options);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const document = await readDocument(options.document, {
    selection,
    languageHint: lang ?? undefined,
    limits,
    ...(options.signal ? { signal: options.signal } : {}),
  });
  return classifyRecord({ document, ruleSet, engine, decision: options.decision, explain: options.explain });
}

/** What {@link classifyRecord} is given. */
export interface ClassifyRecordOptions {
  readonly document: DocumentRecord;
  readonly ruleSet: RuleSet;
  readonly engine: Engine;
  readonly decision?: DecisionOverrides | undefined;
  readonly explain?: boolean | undefined;
}

/** Classifies a document that was read before. */
export async function classifyRecord({
  document,
  ruleSet,
  engine,
  ...options
}: ClassifyRecordOptions): Promise<Classification> {
  const prepared = await engine.prepare(ruleSet);
  const sheets = await prepared.score(document);
  const decision = decide({
    rules: ruleSet.rules,
    sheet: fuseScores(sheets, engine.calibration.fusion),
    askedFor: prepared.askedFor,
    calibration: engine.calibration,
    overrides: options.decision,
  });
  const { nameOf, languages } = engine;
  assertClosedSet(decision.type, ruleSet);
  return {
    type: decision.type,
    confidence: decision.confidence,
    reasoning: writeReasoning({ decision, document, nameOf, languages }),
    ranking: decision.candidates.map(({ type, confidence }) => ({ type, confidence })),
    pages: {
      total: document.pageCount,
      selected: document.pages.map((page) => page.number),
      read: document.pages.filter((page) => page.method !== 'none').map((page) => page.number),
    },
    scorer: engine.identity,
    ...(options.explain ? { explanation: explain(decision, document, nameOf) } : {}),
  };
}

function explain(decision: ReturnType<typeof decide>, document: DocumentRecord, nameOf: Engine['nameOf']): Explanation {
  const labels = decision.candidates.slice(0, MOST_EXPLAINED).map(({ type, confidence, score: { shown } }) => ({
    type,
    confidence,
    ...(shown.documentType ? { documentType: shown.documentType } : {}),
    layout: shown.layout ?? [],
    evidence: shown.evidence,
  }));
  const { background } = decision;
  return {
    language: document.language.code,
    format: document.format,
    ...(document.title ? { title: document.title } : {}),
    labels,
    ...(background
      ? { background: { documentType: nameOf(background.id), evidence: background.score.shown.evidence } }
      : {}),
    floor: decision.floor,
    margin: decision.margin,
  };
}

/** A label that no rule has would be a lie: better an error. */
function assertClosedSet(type: string | null, { rules }: RuleSet): void {
  if (type === null || rules.some((rule) => rule.type === type)) return;
  throw new DocketError('internal.unexpected', `the engine answered "${type}", which no rule has; please report it`);
}
