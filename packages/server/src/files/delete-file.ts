import { found } from '../classification/scope.js';
import type { Services } from '../services.js';

/**
 * Deletes a file; with the last one of a content, what was read of it, and what jobs keep of it.
 * @param projectId When given, files of other projects are unknown
 * @throws DocketError `resource.not_found`
 */
export async function deleteFile(
  { store, settings }: Services,
  { id, projectId }: { readonly id: string; readonly projectId: string | undefined },
): Promise<void> {
  const purgeQuotes = settings.purgeQuotesOnDelete;
  found(await store.files.delete(id, { projectId, purgeQuotes }), 'File');
}
