import { decodePageText } from '@docket/core';
import type { ParseJob, Store } from '@docket/store';
import type { PageText } from '../schemas/parse-result.js';

/** What a parse job read, page by page; undefined before it is done, and when the text is not kept any more. */
export async function readPageTexts(store: Store, parse: ParseJob): Promise<readonly PageText[] | undefined> {
  const { contentHash, outcome } = parse;
  if (contentHash === null || outcome === null) return undefined;
  const entries = await store.pages.pages(contentHash, outcome.readerIdentity, outcome.pages);
  return entries?.map((entry) => ({ number: entry.number, text: decodePageText(entry) }));
}
