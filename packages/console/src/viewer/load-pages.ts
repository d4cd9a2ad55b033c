import { api, contentOf } from '../api/api.js';
import type { ReadDocument } from '../api/types.js';

/** Most pages that the server gives at once. */
const MOST_PAGES = 50;

/**
 * What was read of a document, page by page.
 * @param readPages Pages that are known to have been read; what of them is not among the first is asked for too
 */
export async function loadPages(
  fileId: string,
  readPages: readonly number[],
  signal: AbortSignal,
): Promise<ReadDocument> {
  const load = (target_pages?: string) => {
    const params = { path: { file_id: fileId }, query: target_pages === undefined ? {} : { target_pages } };
    return contentOf(api.GET('/api/local/files/{file_id}/pages', { params, signal }));
  };
  const first = await load();
  const known = new Set(first.pages.map(({ page }) => page));
  const rest = readPages.filter((page) => !known.has(page));
  const pages = [...first.pages];
  for (let start = 0; start < rest.length; start += MOST_PAGES) {
    pages.push(...(await load(rest.slice(start, start + MOST_PAGES).join(','))).pages);
  }
  return { ...first, pages };
}
