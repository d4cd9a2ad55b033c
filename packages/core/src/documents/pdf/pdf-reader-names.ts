/** Libraries that Docket can read PDF with. */
export const PDF_READER_NAMES = ['pdfjs', 'pdfium'] as const;

/** One of {@link PDF_READER_NAMES}. */
export type PdfReaderName = (typeof PDF_READER_NAMES)[number];

/** What reads PDF when nothing else is configured; `docs/performance.md` says why. */
export const DEFAULT_PDF_READER: PdfReaderName = 'pdfium';
