import {
  type EnginePool,
  type PdfReaderName,
  type PooledClassification,
  type ReadPages,
  recallPages,
  type Timings,
} from '@docket/core';
import type { Job, JobCompletion, Store } from '@docket/store';
import { type DocumentOrigin, explainLoss, findDocument, parsingOptions } from './document-origin.js';
import type { StoredExplanation } from './stored-explanation.js';
import type { Tunings } from './tunings.js';

/** What jobs are run with. */
export interface JobTools {
  readonly store: Store;
  readonly pool: Pick<EnginePool, 'classify' | 'read'>;
  readonly tunings: Tunings;
  /** Pages that are read when a job says nothing about pages; 0: all. */
  readonly defaultMaxPages: number;
  /** What reads PDF. @default DEFAULT_PDF_READER */
  readonly pdfReader?: PdfReaderName;
  /** Whether what is deleted is also taken out of the reasoning. */
  readonly purgeQuotesOnDelete: boolean;
}

/** What came of a job, before it is written down. */
export interface ClassifiedJob {
  readonly completion: JobCompletion;
  readonly timings: Timings;
}

/**
 * Classifies the document of a job: from the pages of an earlier reading where there is one, else from its bytes, whose
 * pages are then kept.
 * @throws DocketError whatever the engine throws, `resource.document_deleted`
 */
export async function runClassifyJob(job: Job, tools: JobTools, signal: AbortSignal): Promise<ClassifiedJob> {
  const { store, pool, tunings, defaultMaxPages, pdfReader } = tools;
  const origin = await findDocument(job, store);
  const parsing = parsingOptions(job.configuration.parsing, origin);
  const recalled = await recallPages(store.pages, origin.key, { parsing, defaultMaxPages, pdfReader });
  const document = recalled ? { read: recalled } : { path: origin.path, name: origin.name };
  const { rules } = job.configuration;
  const request = { document, rules, decision: tunings.of(rules), parsing, defaultMaxPages, pdfReader };
  const answer = await pool
    .classify({ ...request, explain: true, redact: true, keepPages: !recalled }, { signal })
    .catch(explainLoss);
  if (answer.read) await store.pages.keep(origin.key, answer.read);
  const read = recalled ?? answer.read;
  const parseJobId = job.parseJobId ?? (read ? await recordParse(job, origin, { read, answer, store }) : null);
  const completion = completionOf(answer, { origin, parseJobId, isRecalled: recalled !== undefined });
  return { completion, timings: answer.timings };
}

interface Reading {
  readonly read: ReadPages;
  readonly answer: PooledClassification;
  readonly store: Store;
}

/** Leaves a parse job behind, by which the text that was read can be fetched and classified again. */
async function recordParse(job: Job, origin: DocumentOrigin, { read, answer, store }: Reading): Promise<string | null> {
  const { key, name, fileId } = origin;
  if (fileId === undefined) return null;
  const { projectId, configuration } = job;
  const parse = await store.parses.createCompleted(
    { projectId, fileId, name, contentHash: key.contentHash, tier: null, parsing: configuration.parsing },
    { readerIdentity: read.head.readerIdentity, pages: answer.result.pages.selected, pageCount: read.head.pageCount },
  );
  return parse.id;
}

interface CompletionContext {
  readonly origin: DocumentOrigin;
  readonly parseJobId: string | null;
  readonly isRecalled: boolean;
}

function completionOf({ result, timings }: PooledClassification, context: CompletionContext): JobCompletion {
  const { type, confidence, reasoning, reasoningWithoutQuotes = '', ranking, pages, scorer, explanation } = result;
  const stored: StoredExplanation | undefined = explanation && {
    ...explanation,
    ranking,
    pages,
    scorer,
    timings,
    isRecalled: context.isRecalled,
  };
  return {
    result: { type, confidence, reasoning },
    parseJobId: context.parseJobId,
    contentHash: context.origin.key.contentHash,
    reasoningWithoutQuotes,
    explanation: stored ?? null,
  };
}
