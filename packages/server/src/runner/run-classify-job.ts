import {
  type EnginePool,
  type PooledClassification,
  type ReaderChoice,
  type ReadPages,
  readerChoiceOf,
  recallPages,
  type Timings,
} from '@docket/core';
import type { Job, JobCompletion, JobReading, Store } from '@docket/store';
import type { Logger } from 'pino';
import { type DocumentOrigin, explainLoss, findDocument, holdDocument, parsingOptions } from './document-origin.js';
import type { StoredExplanation } from './stored-explanation.js';
import type { Tunings } from './tunings.js';

/** What jobs are run with. */
export interface JobTools extends ReaderChoice {
  readonly store: Store;
  readonly pool: Pick<EnginePool, 'classify' | 'read'>;
  readonly tunings: Tunings;
  readonly logger: Logger;
  /** Pages that are read when a job says nothing about pages; 0: all. */
  readonly defaultMaxPages: number;
  /** Whether what is deleted is also taken out of the reasoning. */
  readonly purgeQuotesOnDelete: boolean;
  /** What answers here, once that is known. */
  readonly engine?: () => string | undefined;
}

/** What came of a job, before it is written down. */
export interface ClassifiedJob {
  readonly completion: JobCompletion;
  readonly timings: Timings;
}

/**
 * Classifies the document of a job: from the pages of an earlier reading where there is one, else from its bytes, whose
 * pages are to be kept.
 * @throws DocketError whatever the engine throws, `resource.document_deleted`
 */
export async function runClassifyJob(job: Job, tools: JobTools, signal: AbortSignal): Promise<ClassifiedJob> {
  const { store, pool, tunings, defaultMaxPages } = tools;
  const choice = readerChoiceOf(tools);
  const origin = await findDocument(job, store);
  const parsing = parsingOptions(job.configuration.parsing, origin);
  const recalled = await recallPages(store.pages, origin.key, { parsing, defaultMaxPages, ...choice });
  await using held = await holdDocument(origin, recalled, store);
  const { rules } = job.configuration;
  const request = { document: held.document, rules, decision: tunings.of(rules), parsing, defaultMaxPages, ...choice };
  const answer = await pool
    .classify({ ...request, explain: true, redact: true, keepPages: !recalled }, { signal })
    .catch(explainLoss);
  const isRecalled = recalled !== undefined;
  const reading: JobReading = {
    ...(answer.read ? { kept: { key: origin.key, read: answer.read } } : {}),
    ...parseOf(job, origin, { read: recalled ?? answer.read, pages: answer.result.pages.selected }),
  };
  const otherEngine = otherEngineOf(job, tools);
  return { completion: completionOf(answer, { origin, reading, isRecalled, otherEngine }), timings: answer.timings };
}

interface PagesOfAnswer {
  readonly read: ReadPages | undefined;
  readonly pages: readonly number[];
}

/** The parse job that the classification of a file leaves behind. */
function parseOf(job: Job, origin: DocumentOrigin, { read, pages }: PagesOfAnswer): Pick<JobReading, 'parse'> {
  const { key, name, fileId } = origin;
  if (read === undefined || fileId === undefined || job.parseJobId !== null) return {};
  const { projectId, configuration } = job;
  const { readerIdentity, pageCount } = read.head;
  const { contentHash } = key;
  return {
    parse: {
      job: { projectId, fileId, name, contentHash, tier: null, parsing: configuration.parsing },
      outcome: { readerIdentity, pages, pageCount },
    },
  };
}

/** What answered, and what the server that accepted the job would have answered by, where these differ. */
function otherEngineOf({ expectedEngine }: Job, { engine }: JobTools): StoredExplanation['otherEngine'] {
  const answered = engine?.();
  if (answered === undefined || expectedEngine === undefined || answered === expectedEngine) return undefined;
  return { answered, expected: expectedEngine };
}

interface CompletionContext {
  readonly origin: DocumentOrigin;
  readonly reading: JobReading;
  readonly isRecalled: boolean;
  readonly otherEngine: StoredExplanation['otherEngine'];
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
    ...(context.otherEngine === undefined ? {} : { otherEngine: context.otherEngine }),
  };
  return {
    result: { type, confidence, reasoning },
    reading: context.reading,
    contentHash: context.origin.key.contentHash,
    reasoningWithoutQuotes,
    explanation: stored ?? null,
  };
}
