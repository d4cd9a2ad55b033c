import type { ReadDocument } from '../api/types.js';
import { useLoaded } from '../common/use-loaded.js';
import { useDocumentBytes } from './document-bytes.js';
import type { DocumentViewerProperties } from './document-viewer.js';
import { loadPages } from './load-pages.js';
import { usePdf } from './use-pdf.js';

/** What a document is shown by: what was read of it, its bytes, and how they can be drawn. */
export function useShownDocument({
  fileId,
  file,
  reading,
  readPages,
}: Pick<DocumentViewerProperties, 'fileId' | 'file' | 'reading' | 'readPages'>) {
  const isRead = reading === 'done' || readPages !== undefined;
  const read = useLoaded<ReadDocument | undefined>(
    async (signal) => (fileId === undefined || !isRead ? undefined : loadPages(fileId, readPages ?? [], signal)),
    [fileId, isRead, readPages?.join()],
  );
  const kind = read.content?.kind;
  const bytes = useDocumentBytes({ file, fileId }, !isRead || kind === 'pdf' || kind === 'image');
  const drawing = kind === 'image' ? ('image' as const) : bytes?.drawing;
  return { read, drawing, bytes, ...usePdf(drawing === 'pdf' ? bytes?.blob : undefined) };
}
