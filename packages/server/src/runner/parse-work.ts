import { readerChoiceOf, recallPages, type Timings } from '@docket/core';
import type { ParseJob, ParseOutcome } from '@docket/store';
import { deleted, explainLoss, holdDocument, originOf, parsingOptions } from './document-origin.js';
import type { JobTools } from './run-classify-job.js';
import { untilStored } from './until-stored.js';
import type { ClaimedWork, WorkKind } from './work-kind.js';

/** Parse jobs as a kind of work. */
export function parseWork(tools: JobTools): WorkKind {
  const { parses } = tools.store;
  const { logger } = tools;
  return {
    name: 'parse job',
    store: parses,
    claim: async (options) => {
      const parse = await parses.claim(options);
      if (!parse) return undefined;
      const lease = { id: parse.id, owner: options.owner };
      const run: ClaimedWork['run'] = async (signal, onWorked) => {
        const { outcome, timings } = await readDocument(parse, tools, signal);
        onWorked();
        return (await untilStored(() => parses.complete(lease, outcome), { signal, logger })) ? timings : undefined;
      };
      return { lease, run };
    },
  };
}

/** Pages that a parse job reads when it says nothing about pages: all. */
const ALL_PAGES = 0;

interface Reading {
  readonly outcome: ParseOutcome;
  readonly timings: Timings;
}

/** Reads the document of a parse job, unless its pages are kept already. */
async function readDocument(
  parse: ParseJob,
  { store, pool, logger, ...tools }: JobTools,
  signal: AbortSignal,
): Promise<Reading> {
  if (!parse.contentHash) throw deleted(`the file ${parse.fileId}`);
  const origin = originOf(parse.contentHash, parse.name);
  const selection = {
    parsing: parsingOptions(parse.parsing, origin),
    defaultMaxPages: ALL_PAGES,
    ...readerChoiceOf(tools),
  };
  const recalled = await recallPages(store.pages, origin.key, selection);
  await using held = await holdDocument(origin, recalled, store);
  // Also what is kept goes through the engine: pages that hold no text together are an error.
  const { read, timings } = await pool.read({ document: held.document, ...selection }, { signal }).catch(explainLoss);
  if (!recalled) await untilStored(() => store.pages.keep(origin.key, read), { signal, logger });
  const { readerIdentity, pageCount } = read.head;
  return { outcome: { readerIdentity, pageCount, pages: read.pages.map((page) => page.number) }, timings };
}
