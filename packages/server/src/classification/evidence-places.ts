import { DocketError, decodePage, type Evidence, quoteBoxes, type ReadPages } from '@docket/core';
import type { Store } from '@docket/store';
import { findDocument } from '../runner/document-origin.js';
import type { StoredExplanation } from '../runner/stored-explanation.js';
import type { Places } from '../schemas/explanation.js';
import type { JobReference } from './end-job.js';

/** Where evidence stands on pages that were read. */
export function placesOn(read: Pick<ReadPages, 'pages'> | undefined): Places {
  const entries = new Map(read?.pages.map((entry) => [entry.number, entry]));
  const pages = new Map<number, ReturnType<typeof decodePage>>();
  return (evidence) => {
    const entry = entries.get(evidence.page);
    if (!entry) return [];
    const page = pages.get(evidence.page) ?? decodePage(entry);
    pages.set(evidence.page, page);
    return quoteBoxes(page, evidence);
  };
}

/** Where the evidence of a job stands: nowhere, when what was read is not kept any more. */
export async function placesOfJob(
  store: Store,
  { id, projectId }: JobReference,
  explanation: StoredExplanation,
): Promise<Places> {
  const job = await store.jobs.get(id, projectId);
  const origin = job && (await findDocument(job, store).catch(nowhereOnceDeleted));
  const head = origin && (await store.pages.head(origin.key));
  if (!head) return placesOn(undefined);
  const pages = await store.pages.pages(origin.key.contentHash, head.readerIdentity, pagesOf(explanation));
  return placesOn(pages && { pages });
}

function nowhereOnceDeleted(thrown: unknown): undefined {
  if (thrown instanceof DocketError && thrown.code === 'resource.document_deleted') return undefined;
  throw thrown;
}

/** The pages that are quoted. */
function pagesOf({ labels, background }: StoredExplanation): number[] {
  const evidence: Evidence[] = [...labels, ...(background ? [background] : [])].flatMap((one) => one.evidence);
  return [...new Set(evidence.map(({ page }) => page))].filter((page) => page > 0);
}
