import { useEffect, useState } from 'preact/hooks';
import { type OpenPdf, openPdf, PdfError, type PdfProblem } from './load-pdf.js';

/** A PDF while it is opened, open, or why it is not. */
export interface PdfState {
  readonly pdf?: OpenPdf['document'];
  readonly problem?: PdfProblem;
}

/** Opens a PDF for as long as it is shown. */
export function usePdf(blob: Blob | undefined): PdfState {
  const [state, setState] = useState<PdfState>({});
  useEffect(() => {
    setState({});
    if (!blob) return;
    const controller = new AbortController();
    const { signal } = controller;
    const open = async () => openPdf(new Uint8Array(await blob.arrayBuffer()), signal);
    open().then(
      ({ document }) => {
        if (!signal.aborted) setState({ pdf: document });
      },
      (error: unknown) => {
        if (!signal.aborted) setState({ problem: error instanceof PdfError ? error.problem : 'failed' });
      },
    );
    // Ends the loading, or closes what was loaded.
    return () => controller.abort();
  }, [blob]);
  return state;
}
