import type { WasmMemory } from './web-assembly.js';

/** An address in the memory of PDFium. 0: none. */
export type Pointer = number;

/**
 * What Docket calls of PDFium's C interface, as the WebAssembly module exports it: without the checks that the JavaScript
 * around it would repeat at every call. Documented in PDFium's `public/fpdfview.h`, `fpdf_text.h`, `fpdf_doc.h`, `fpdf_annot.h` and
 * `fpdf_formfill.h`.
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
  /** 0: the document has no form. */
  FPDF_GetFormType(document: Pointer): number;
  FPDFDOC_InitFormFillEnvironment(document: Pointer, callbacks: Pointer): Pointer;
  FPDFDOC_ExitFormFillEnvironment(form: Pointer): void;
  FPDF_LoadPage(document: Pointer, index: number): Pointer;
  FPDF_ClosePage(page: Pointer): void;
  /** Points, after rotation. */
  FPDF_GetPageWidthF(page: Pointer): number;
  FPDF_GetPageHeightF(page: Pointer): number;
  /** Quarter turns, clockwise. */
  FPDFPage_GetRotation(page: Pointer): number;
  /** Writes left, top, right, bottom as floats. */
  FPDF_GetPageBoundingBox(page: Pointer, rectangle: Pointer): number;
  FPDFPage_GetAnnotCount(page: Pointer): number;
  FPDFPage_GetAnnot(page: Pointer, index: number): Pointer;
  FPDFPage_CloseAnnot(annotation: Pointer): void;
  FPDFAnnot_GetSubtype(annotation: Pointer): number;
  FPDFAnnot_GetFlags(annotation: Pointer): number;
  /** Writes left, top, right, bottom as floats. */
  FPDFAnnot_GetRect(annotation: Pointer, rectangle: Pointer): number;
  FPDFAnnot_GetStringValue(annotation: Pointer, key: Pointer, buffer: Pointer, bytes: number): number;
  FPDFAnnot_GetFormFieldType(form: Pointer, annotation: Pointer): number;
  FPDFAnnot_GetFormFieldFlags(form: Pointer, annotation: Pointer): number;
  FPDFAnnot_GetFormFieldValue(form: Pointer, annotation: Pointer, buffer: Pointer, bytes: number): number;
  FPDFPage_CountObjects(page: Pointer): number;
  FPDFPage_GetObject(page: Pointer, index: number): Pointer;
  FPDFFormObj_CountObjects(object: Pointer): number;
  FPDFFormObj_GetObject(object: Pointer, index: number): Pointer;
  FPDFPageObj_GetType(object: Pointer): number;
  /** Writes left, bottom, right, top as floats; 0: there are none. */
  FPDFPageObj_GetBounds(object: Pointer, left: Pointer, bottom: Pointer, right: Pointer, top: Pointer): number;
  /** Memory of its own when `buffer` is 0; 0: there is none. */
  FPDFBitmap_CreateEx(width: number, height: number, format: number, buffer: Pointer, stride: number): Pointer;
  FPDFBitmap_FillRect(bitmap: Pointer, left: number, top: number, width: number, height: number, argb: number): void;
  FPDFBitmap_GetBuffer(bitmap: Pointer): Pointer;
  /** Bytes from one row to the next. */
  FPDFBitmap_GetStride(bitmap: Pointer): number;
  FPDFBitmap_Destroy(bitmap: Pointer): void;
  FPDF_RenderPageBitmap(
    bitmap: Pointer,
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    quarterTurns: number,
    flags: number,
  ): void;
  /** Draws what is filled in. */
  FPDF_FFLDraw(
    form: Pointer,
    bitmap: Pointer,
    page: Pointer,
    left: number,
    top: number,
    width: number,
    height: number,
    quarterTurns: number,
    flags: number,
  ): void;
  FPDFText_LoadPage(page: Pointer): Pointer;
  FPDFText_ClosePage(textPage: Pointer): void;
  FPDFText_CountChars(textPage: Pointer): number;
  FPDFText_GetUnicode(textPage: Pointer, index: number): number;
  /** Writes left, top, right, bottom as floats. */
  FPDFText_GetLooseCharBox(textPage: Pointer, index: number, rectangle: Pointer): number;
}

/** What `FPDF_GetLastError` says. */
export const PDFIUM_ERRORS = { password: 4, security: 5 } as const;

/** Kinds of annotation: `FPDFAnnot_GetSubtype`. */
export const ANNOTATION_KINDS = { freeText: 3, widget: 20 } as const;

/** Bits of `FPDFAnnot_GetFlags`. */
export const ANNOTATION_FLAGS = { hidden: 2, noView: 32 } as const;

/** Kinds of field: `FPDFAnnot_GetFormFieldType`. */
export const FIELD_KINDS = { comboBox: 4, listBox: 5, text: 6 } as const;

/** Bits of `FPDFAnnot_GetFormFieldFlags`. */
export const FIELD_FLAGS = { password: 8192 } as const;

/** What `FPDFPageObj_GetType` says. */
export const OBJECT_KINDS = { image: 3, form: 5 } as const;

/** Formats of `FPDFBitmap_CreateEx`. */
export const BITMAP_FORMATS = { grey: 1 } as const;

/** Bits of the flags of `FPDF_RenderPageBitmap`. */
export const RENDER_FLAGS = { annotations: 1, grey: 8 } as const;
