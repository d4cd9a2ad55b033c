import { type Decision, decide } from './decision/decide.js';
import { fuseScores } from './decision/fuse-scores.js';
import { writeReasoning } from './decision/reasoning.js';
import { textCertainty } from './decision/text-certainty.js';
import { assertTunedFor, type DecisionOverrides } from './decision/tuning.js';
import type { ReaderLimits } from './documents/document-reader.js';
import type { DocumentSource } from './documents/document-source.js';
import { DEFAULT_LIMITS } from './documents/limits.js';
import { type DocumentRecord, readDocument, recallDocument } from './documents/read-document.js';
import { type ReaderChoice, readerChoiceOf } from './documents/readers.js';
import { type Engine, type EngineOptions, loadEngine } from './engine.js';
import { DocketError } from './errors.js';
import type { ReadPages } from './page-cache/page-cache.js';
import { type ParsingOptions, selectionOf } from './pages/parsing-options.js';
import { parseRuleSet, type Rule, type RuleSet } from './rules/rule-set.js';
import type { Evidence } from './scoring/scorer.js';

/** What {@link readForClassification} is given. */
export interface ReadingOptions extends ReaderChoice {
  /** A path, a file URL, bytes, either with the name they had, or the pages that were read before. */
  readonly document: DocumentSource | RecalledSource;
  readonly parsing?: ParsingOptions | undefined;
  /** Pages that are read when `parsing` says nothing about pages; 0: all. @default DEFAULT_MAX_PAGES */
  readonly defaultMaxPages?: number | undefined;
  /** @default DEFAULT_LIMITS */
  readonly limits?: Partial<ReaderLimits> | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called once the document is open, with the number of pages that are about to be read. */
  readonly onOpened?: ((selectedPages: number) => void) | undefined;
  /** Called once, before a page is read by OCR, with the number of pages that may be. */
  readonly onOcr?: ((pages: number) => void) | undefined;
}

/** A document that was read before. */
export interface RecalledSource {
  /** Must hold the pages that are selected: see `recallPages`. */
  readonly read: ReadPages;
}

/** What {@link classifyDocument} is given. */
export interface ClassifyOptions extends EngineOptions, ReadingOptions {
  /** At least one. Rules of equal `type` are alternatives for one label. */
  readonly rules: readonly Rule[];
  /** Thresholds of a tuned rule set. */
  readonly decision?: DecisionOverrides | undefined;
  /** Adds {@link Classification.explanation}. @default false */
  readonly explain?: boolean | undefined;
  /** Labels that the explanation covers beside the best few. */
  readonly explainLabels?: readonly string[] | undefined;
  /** Adds {@link Classification.reasoningWithoutQuotes}. @default false */
  readonly redact?: boolean | undefined;
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
  /** Pages that were read by OCR, and how sure that was of its words, 0 to 100. */
  readonly ocr?: readonly { readonly page: number; readonly confidence: number }[];
  /** The best few labels. */
  readonly labels: readonly LabelExplanation[];
  /** The document type that no rule asks for and that fits best. */
  readonly background?: { readonly documentType: string; readonly evidence: readonly Evidence[] };
  readonly floor: number;
  readonly margin: number;
  /** The file whose thresholds held, where they were not the engine's. */
  readonly tuning?: TuningReference;
}

/** A rule file with thresholds. */
export interface TuningReference {
  readonly file: string;
  /** Hash of the rules that they hold for. */
  readonly rules: string;
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
  /** The reasoning with the words of the document left out. */
  readonly reasoningWithoutQuotes?: string;
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
  return (await classifyStepwise(options)).result;
}

/** A classification with what it came from. */
export interface ClassificationSteps {
  readonly document: DocumentRecord;
  readonly result: Classification;
  readonly readMs: number;
  readonly scoreMs: number;
}

/** What {@link classifyStepwise} is given. */
export interface StepwiseOptions extends ClassifyOptions {
  /** Called when engine and rules are ready, before the document is touched. */
  readonly onReady?: () => void;
}

/** {@link classifyDocument} with a look at the document and the clock in between. */
export async function classifyStepwise({ onReady, ...options }: StepwiseOptions): Promise<ClassificationSteps> {
  const ruleSet = parseRuleSet(options.rules);
  selectionOf(options.parsing, options.defaultMaxPages);
  const engine = await loadEngine(options);
  // New rules cost a model more than a document may: they are made ready once, before any clock runs.
  await engine.prepare(ruleSet);
  onReady?.();
  const started = performance.now();
  const document = await readForClassification(options);
  const read = performance.now();
  const result = await classifyRecord({ ...options, document, ruleSet, engine });
  return { document, result, readMs: read - started, scoreMs: performance.now() - read };
}

/**
 * Reads what of a document is to be classified: the first half of {@link classifyDocument}.
 * @throws DocketError `request.invalid_page_selection`, `resource.*`, `document.*`
 */
export async function readForClassification(options: ReadingOptions): Promise<DocumentRecord> {
  const { document, parsing, signal, onOpened, onOcr } = options;
  const reading = {
    selection: selectionOf(parsing, options.defaultMaxPages),
    within: parsing?.withinPages,
    languageHint: parsing?.lang ?? undefined,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    ...readerChoiceOf(options),
    ...(signal ? { signal } : {}),
    onOpened,
    onOcr,
  };
  return isRecalled(document) ? recallDocument(document.read, reading) : readDocument(document, reading);
}

function isRecalled(document: ReadingOptions['document']): document is RecalledSource {
  return typeof document === 'object' && 'read' in document;
}

/** What {@link classifyRecord} is given. */
export interface ClassifyRecordOptions {
  readonly document: DocumentRecord;
  readonly ruleSet: RuleSet;
  readonly engine: Engine;
  readonly decision?: DecisionOverrides | undefined;
  readonly explain?: boolean | undefined;
  readonly explainLabels?: readonly string[] | undefined;
  readonly redact?: boolean | undefined;
}

/** Classifies a document that was read before. */
export async function classifyRecord({
  document,
  ruleSet,
  engine,
  ...options
}: ClassifyRecordOptions): Promise<Classification> {
  const { decision: overrides = {} } = options;
  assertTunedFor(overrides, { rules: ruleSet.identity, engine: engine.identity });
  const prepared = await engine.prepare(ruleSet);
  const sheets = await prepared.score(document);
  const sheet = fuseScores(sheets, engine.calibration.fusion);
  const decision = decide({
    rules: ruleSet.rules,
    sheet,
    askedFor: prepared.askedFor,
    calibration: engine.calibration,
    overrides,
    certainty: textCertainty(document.pages),
  });
  const { nameOf, languages } = engine;
  const remarks = [...sheet.remarks, ...engine.remarks];
  const reasoning = { decision, document, nameOf, languages, remarks };
  const tuning = overrides.file === undefined ? undefined : { file: overrides.file, rules: ruleSet.identity };
  const explaining = { document, nameOf, also: options.explainLabels, tuning };
  assertClosedSet(decision.type, ruleSet);
  return {
    type: decision.type,
    confidence: decision.confidence,
    reasoning: writeReasoning(reasoning),
    ranking: decision.candidates.map(({ type, confidence }) => ({ type, confidence })),
    pages: {
      total: document.pageCount,
      selected: document.pages.map((page) => page.number),
      read: document.pages.filter((page) => page.method !== 'none').map((page) => page.number),
    },
    scorer: engine.identity,
    ...(options.explain ? { explanation: explain(decision, explaining) } : {}),
    ...(options.redact ? { reasoningWithoutQuotes: writeReasoning({ ...reasoning, withQuotes: false }) } : {}),
  };
}

interface ExplainingContext {
  readonly document: DocumentRecord;
  readonly nameOf: Engine['nameOf'];
  /** Labels beside the best few. */
  readonly also: readonly string[] | undefined;
  readonly tuning: TuningReference | undefined;
}

function explain(decision: Decision, { document, nameOf, also = [], tuning }: ExplainingContext): Explanation {
  const explained = decision.candidates.filter(({ type }, index) => index < MOST_EXPLAINED || also.includes(type));
  const labels = explained.map(({ type, confidence, score: { shown } }) => ({
    type,
    confidence,
    ...(shown.documentType ? { documentType: shown.documentType } : {}),
    layout: shown.layout ?? [],
    evidence: shown.evidence,
  }));
  const { background } = decision;
  const readByOcr = document.pages.flatMap(({ number, method, ocr }) =>
    method === 'ocr' && ocr ? [{ page: number, confidence: ocr.confidence }] : [],
  );
  return {
    language: document.language.code,
    format: document.format,
    ...(document.title ? { title: document.title } : {}),
    ...(readByOcr.length > 0 ? { ocr: readByOcr } : {}),
    labels,
    ...(background
      ? { background: { documentType: nameOf(background.id), evidence: background.score.shown.evidence } }
      : {}),
    floor: decision.floor,
    margin: decision.margin,
    ...(tuning ? { tuning } : {}),
  };
}

/** A label that no rule has would be a lie: better an error. */
function assertClosedSet(type: string | null, { rules }: RuleSet): void {
  if (type === null || rules.some((rule) => rule.type === type)) return;
  throw new DocketError('internal.unexpected', `the engine answered "${type}", which no rule has; please report it`);
}
