import {
  type ClassifyRequest,
  concernsEveryDocument,
  type EnginePool,
  type ParsingOptions,
  type PooledClassification,
  type ReaderChoice,
  type ReadPages,
  readerChoiceOf,
  recallPages,
  toDocketError,
} from '@docket/core';
import type { DatasetItem } from '../dataset/dataset.js';
import type { ClassifiedResult, DocumentResult } from '../results/document-result.js';
import type { BenchCache } from './bench-cache.js';
import { contentOf, type KnownContent, TEXT_NAME } from './content-key.js';

/** What the documents of a run have in common. */
export interface ItemTools extends ReaderChoice {
  readonly pool: Pick<EnginePool, 'classify' | 'read'>;
  /** What was read in earlier runs; without it every document is opened. */
  readonly cache?: BenchCache | undefined;
  readonly rules: ClassifyRequest['rules'];
  readonly decision?: ClassifyRequest['decision'];
  readonly parsing: ParsingOptions;
  /** Pages that are read when nothing is said about pages; 0: all. */
  readonly defaultMaxPages: number;
  readonly signal: AbortSignal;
}

/**
 * Classifies a document of a data set, from the pages of an earlier run where there are any. A document that fails is a
 * result as well.
 * @throws DocketError `model.*` and `request.*`, which would fail for every document; the signal's reason
 */
export async function classifyItem(item: DatasetItem, tools: ItemTools): Promise<DocumentResult> {
  const { rules, decision, signal, defaultMaxPages } = tools;
  const expected = rules.some(({ type }) => type === item.expected) ? item.expected : null;
  const about = {
    id: item.id,
    ...('path' in item.source ? { path: item.source.path } : {}),
    expected,
    ...(item.group === undefined ? {} : { group: item.group }),
    tags: item.tags,
  };
  try {
    const { content, recalled, parsing } = await lookUp(item, tools);
    const explainLabels = expected === null ? [] : [expected];
    const request = {
      rules,
      decision,
      parsing,
      defaultMaxPages,
      ...readerChoiceOf(tools),
      explain: true,
      explainLabels,
    };
    const answer = await tools.pool.classify(
      {
        ...request,
        document: recalled ? { read: recalled } : sourceOf(item),
        keepPages: !recalled && tools.cache !== undefined,
      },
      { signal },
    );
    await keep(tools, content, answer.read);
    return { ...about, ...toResult(answer, expected, recalled === undefined) };
  } catch (thrown) {
    const { code, message } = failureOf(thrown, signal);
    return { ...about, status: 'failed', code, message };
  }
}

/**
 * Opens a document unless its pages are known, and keeps them: so that several engines start from the same.
 * @returns Whether it was opened
 * @throws as {@link classifyItem}
 */
export async function readItem(item: DatasetItem, tools: ItemTools): Promise<boolean> {
  const { signal, defaultMaxPages } = tools;
  try {
    const { content, recalled, parsing } = await lookUp(item, tools);
    if (recalled) return false;
    const { read } = await tools.pool.read(
      { document: sourceOf(item), parsing, defaultMaxPages, ...readerChoiceOf(tools) },
      { signal },
    );
    await keep(tools, content, read);
  } catch (thrown) {
    failureOf(thrown, signal);
  }
  return true;
}

async function lookUp(item: DatasetItem, { cache, defaultMaxPages, ...tools }: ItemTools) {
  const parsing = item.targetPages === undefined ? tools.parsing : { ...tools.parsing, targetPages: item.targetPages };
  if (!cache) return { parsing };
  const content = await contentOf(item, cache.contents);
  return {
    parsing,
    content,
    recalled:
      content && (await recallPages(cache.pages, content.key, { parsing, defaultMaxPages, ...readerChoiceOf(tools) })),
  };
}

function sourceOf({ source }: DatasetItem): ClassifyRequest['document'] {
  return 'path' in source ? source.path : { bytes: Buffer.from(source.text), name: TEXT_NAME };
}

/** Keeps what was read of a file that is still the one whose content is known. A full disk costs the cache, not the run. */
async function keep(
  { cache }: ItemTools,
  content: KnownContent | undefined,
  read: ReadPages | undefined,
): Promise<void> {
  if (!cache || !content || !read) return;
  if (await content.isUnchanged()) await cache.pages.keep(content.key, read).catch(() => {});
}

function failureOf(thrown: unknown, signal: AbortSignal) {
  signal.throwIfAborted();
  const error = toDocketError(thrown);
  if (concernsEveryDocument(error)) throw error;
  return error;
}

type Answer = Omit<ClassifiedResult, 'id' | 'path' | 'expected' | 'group' | 'tags'>;

function toResult({ result, timings }: PooledClassification, expected: string | null, wasRead: boolean): Answer {
  const best = result.ranking[0]?.type;
  const { labels = [], floor = 0, margin = 0 } = result.explanation ?? {};
  return {
    status: 'classified',
    answered: result.type,
    confidence: result.confidence,
    floor,
    margin,
    ranking: result.ranking,
    reasoning: result.reasoning,
    evidence: labels.filter(({ type }) => type === best || type === expected),
    readMs: wasRead ? timings.readMs : 0,
    scoreMs: timings.scoreMs,
    wasRead,
  };
}
