import { useEffect, useRef, useState } from 'preact/hooks';
import { api, contentOf } from '../api/api.js';
import { fetchPath } from '../api/fetch-here.js';
import { type Drawing, SNIFFED_BYTES, sniffDrawing } from './sniff-drawing.js';

/** The bytes of a document, and what the browser can draw of them. */
export interface DocumentBytes {
  readonly blob: Blob;
  readonly drawing: Drawing | undefined;
}

/** The bytes of a document: those that were dropped, else those that the server has, when they are wanted. */
export function useDocumentBytes(
  { file, fileId }: { readonly file?: Blob | undefined; readonly fileId?: string | undefined },
  isWanted: boolean,
): DocumentBytes | undefined {
  const [bytes, setBytes] = useState<DocumentBytes>();
  // Once wanted, they are: what a document is becomes known later, and must not have it fetched twice.
  const wasWanted = useRef(false);
  wasWanted.current ||= isWanted;
  const mustFetch = wasWanted.current && file === undefined;
  useEffect(() => {
    setBytes(undefined);
    const controller = new AbortController();
    const load = async () => {
      const blob =
        file ?? (mustFetch && fileId !== undefined ? await downloadFile(fileId, controller.signal) : undefined);
      if (!blob) return;
      const head = new Uint8Array(await blob.slice(0, SNIFFED_BYTES).arrayBuffer());
      if (!controller.signal.aborted) setBytes({ blob, drawing: sniffDrawing(head) });
    };
    // Without bytes there is the text that was read.
    load().catch(() => {});
    return () => controller.abort();
  }, [file, fileId, mustFetch]);
  return bytes;
}

async function downloadFile(fileId: string, signal: AbortSignal): Promise<Blob> {
  const path = { file_id: fileId };
  const { url } = await contentOf(api.GET('/api/v1/beta/files/{file_id}/content', { params: { path }, signal }));
  // The server names itself by the address that other programs use; this page stays at its own.
  const { pathname, search } = new URL(url);
  const start = pathname.indexOf('/api/');
  const response = await fetchPath(`${pathname.slice(Math.max(start, 0))}${search}`, { signal });
  return response.blob();
}
