export { builtInModel } from './built-in-model.js';
export {
  type Classification,
  type ClassifyOptions,
  type ClassifyRecordOptions,
  classifyDocument,
  classifyRecord,
  type Explanation,
  type LabelExplanation,
  type PagesRead,
  type ReadingOptions,
  type RecalledSource,
} from './classify.js';
export { configurationTable } from './configuration/configuration-table.js';
export { databaseAddressOf } from './configuration/database-setting.js';
export {
  type Configuration,
  type ConfigurationSources,
  loadConfiguration,
  type SettingSource,
  type SourcedSetting,
} from './configuration/load-configuration.js';
export { engineOptionsOf, limitsOf, ocrFolder, poolOptionsOf, readerChoiceFor } from './configuration/pool-options.js';
export { redactAddress } from './configuration/redact-address.js';
export { SETTINGS, type SettingKey, type SettingValues, timeToLiveMs } from './configuration/settings.js';
export { judge, type RankedLabel, type Rejection, type Thresholds, tuned } from './decision/decide.js';
export {
  assertTunedFor,
  type DecisionOverrides,
  logitOf,
  type Recalibration,
  recalibrate,
  type TunedFor,
} from './decision/tuning.js';
export { type Box, DOCUMENT_FORMATS, type DocumentFormat, type ReaderLimits } from './documents/document-reader.js';
export type { DocumentSource } from './documents/document-source.js';
export { IMAGE_FORMATS, isImageFormat } from './documents/images/image-formats.js';
export { DEFAULT_LIMITS, DEFAULT_MAX_PAGES } from './documents/limits.js';
export { type AddLanguageOptions, addOcrLanguage } from './documents/ocr/add-language.js';
export { OCR_INSTALL_COMMAND, ocrRemedy } from './documents/ocr/load-optional.js';
export {
  DEFAULT_OCR_ENGINE,
  DEFAULT_OCR_MODE,
  OCR_ENGINE_NAMES,
  OCR_MODES,
  type OcrChoice,
  type OcrEngineName,
  type OcrMode,
} from './documents/ocr/ocr-settings.js';
export { type OcrStatus, ocrStatus } from './documents/ocr/ocr-status.js';
export { DEFAULT_PDF_READER, PDF_READER_NAMES, type PdfReaderName } from './documents/pdf/pdf-reader-names.js';
export { type DocumentRecord, type ReadOptions, readDocument, recallDocument } from './documents/read-document.js';
export { type ReaderChoice, readerChoiceOf } from './documents/readers.js';
export { type Engine, type EngineOptions, loadEngine } from './engine.js';
export type { EngineFacts } from './engine-facts.js';
export { concernsEveryDocument, DocketError, ERROR_CODES, type ErrorCode, toDocketError } from './errors.js';
export { installModel } from './install-model.js';
export type { CompiledKnowledge, CompiledType } from './knowledge/compiled-knowledge.js';
export { loadLintTools } from './load-lint-tools.js';
export { type ArchiveEntry, type ArchiveOptions, refuseTaken, writeArchive } from './models/bundle/write-archive.js';
export { type CatalogueEntry, loadCatalogue } from './models/catalogue.js';
export { replaceFile, syncFolder } from './models/files/file-system.js';
export { hashFile } from './models/files/hash-file.js';
export { listFiles } from './models/files/list-files.js';
export type { EmbeddingOverrides, ImportedModel, ImportOptions, LeftOut } from './models/import/import-options.js';
export { modelHash } from './models/model-hash.js';
export { MODEL_TASKS, type ModelManifest, type ModelTask } from './models/model-manifest.js';
export {
  type BrokenModel,
  type InstalledModel,
  type ModelList,
  ModelRegistry,
  type ModelRegistryOptions,
  type ResolvedModel,
} from './models/model-registry.js';
export { modelsFolder, programBundle } from './models/models-folder.js';
export { type PulledModel, type PullOptions, type PullProgress, pullModel } from './models/pull-model.js';
export { FolderPageCache } from './page-cache/folder-page-cache.js';
export type { ContentKey, DocumentHead, PageCache, PageEntry, ReadPages } from './page-cache/page-cache.js';
export { decodePage, decodePageText } from './page-cache/page-record.js';
export { type RecallOptions, recallPages } from './page-cache/recall-pages.js';
export type { Page } from './pages/page.js';
export { PageSelection, type PageSelectionOptions } from './pages/page-selection.js';
export type { ParsingOptions } from './pages/parsing-options.js';
export { type Quotation, quoteBoxes } from './pages/quote-boxes.js';
export { SourceMap, type SourceSpan } from './pages/source-map.js';
export type { LintFinding, LintId } from './rules/lint/lint-finding.js';
export { type LintTools, lintRules } from './rules/lint/lint-rules.js';
export { parseRuleFile, type RuleFile, readRuleFile, ruleFileJsonSchema } from './rules/rule-file.js';
export { parseRuleSet, type Rule, type RuleSet } from './rules/rule-set.js';
export type { Evidence } from './scoring/scorer.js';
export { SCORER_NAMES, type ScorerName } from './scoring/scorer-names.js';
export { BUILT_IN_MODEL } from './scoring/static/built-in.js';
export { TRANSFORMERS_INSTALL_COMMAND, transformersRemedy } from './scoring/transformers/load-transformers.js';
export { isCurrent } from './startup/built-program.js';
export { runBundle } from './startup/run-bundle.js';
export {
  type ClassifyRequest,
  type DrawRequest,
  EnginePool,
  type EnginePoolOptions,
  type PooledClassification,
  type PooledOptions,
  type PooledReading,
  type ReadRequest,
  type Timings,
} from './workers/engine-pool.js';
export { SpareEngine } from './workers/spare-engine.js';
export { testEngine } from './workers/test-engine.js';
export { type OcrTest, testOcr } from './workers/test-ocr.js';
