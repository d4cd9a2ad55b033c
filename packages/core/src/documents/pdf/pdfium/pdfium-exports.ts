import type { WasmMemory } from './web-assembly.js';

/** An address in the memory of PDFium. 0: none. */
export type Pointer = number;

/**
 * What Docket calls of PDFium's C interface, as the WebAssembly module exports it: without the checks that the JavaScript
 * around it would repeat at every call. Documented in PDFium's `public/fpdfview.h`, `fpdf_text.h` and `fpdf_doc.h`.
 */
export interface PdfiumExports {
  readonly memory: WasmMemory;
  malloc(bytes: number): Pointer;
  free(pointer: Pointer): void;
  FPDF_InitLibrary(): void;
  FPDF_LoadMemDocument64(data: Pointer, bytes: number, password: Pointer): Pointer;
  FPDF_GetLastError(): number;
  FPDF_CloseDocument(document: Pointer): void;
  FPDF_GetPageCount(document: Pointer): number;
  FPDF_GetMetaText(document: Pointer, tag: Pointer, buffer: Pointer, bytes: number): number;
  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_ClosePage(page: Pointer): void;
  /** Points, after rotation. */
  FPDF_GetPageWidthF(page: Pointer): number;
  FPDF_GetPageHeightF(page: Pointer): number;
  /** Quarter turns, clockwise. */
  FPDFPage_GetRotation(page: Pointer): number;
  /** Writes left, top, right, bottom as floats. */
  FPDF_GetPageBoundingBox(page: Pointer, rectangle: Pointer): number;
  FPDFText_LoadPage(page: Pointer): Pointer;
  FPDFText_ClosePage(textPage: Pointer): void;
  FPDFText_CountChars(textPage: Pointer): number;
  FPDFText_GetUnicode(textPage: Pointer, index: number): number;
  /** Writes left, top, right, bottom as floats. */
  FPDFText_GetLooseCharBox(textPage: Pointer, index: number, rectangle: Pointer): number;
}

/** What `FPDF_GetLastError` says. */
export const PDFIUM_ERRORS = { password: 4, security: 5 } as const;
