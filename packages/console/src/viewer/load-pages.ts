import { api, contentOf } from '../api/api.js';
import type { ReadDocument } from '../api/types.js';

/** What was read of a document, page by page. */
export async function loadPages(fileId: string, signal: AbortSignal): Promise<ReadDocument> {
  const path = { file_id: fileId };
  return contentOf(api.GET('/api/local/files/{file_id}/pages', { params: { path }, signal }));
}
