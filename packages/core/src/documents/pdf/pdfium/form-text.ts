import type { SourceItem } from '../../document-reader.js';
import { type FormText, formItems } from '../form-items.js';
import { readFrame, shownBox } from './page-frame.js';
import type { PdfiumPage } from './pdfium-document.js';
import { ANNOTATION_FLAGS, ANNOTATION_KINDS, FIELD_FLAGS, FIELD_KINDS, type Pointer } from './pdfium-exports.js';
import { allocate, readWideText, withName } from './pdfium-memory.js';
import { RECTANGLE_BYTES, RECTANGLE_NUMBERS } from './rectangle.js';

const TEXT_FIELDS: readonly number[] = [FIELD_KINDS.comboBox, FIELD_KINDS.listBox, FIELD_KINDS.text];
const NOT_SHOWN = ANNOTATION_FLAGS.hidden | ANNOTATION_FLAGS.noView;

/** Text that stands on a page and not in its content: what was filled into fields, notes written on it. */
export function readFormText(open: PdfiumPage): SourceItem[] {
  const { exports: pdfium, page } = open;
  const count = pdfium.FPDFPage_GetAnnotCount(page);
  if (count < 1) return [];
  const rectangle = allocate(pdfium, RECTANGLE_BYTES);
  const frame = readFrame(open, rectangle);
  const shown: FormText[] = [];
  for (let index = 0; index < count; index++) {
    const annotation = pdfium.FPDFPage_GetAnnot(page, index);
    if (annotation === 0) continue;
    const text = shownText(open, annotation).trim();
    if (text !== '' && pdfium.FPDFAnnot_GetRect(annotation, rectangle)) {
      const written = new Float32Array(pdfium.memory.buffer, rectangle, RECTANGLE_NUMBERS);
      shown.push({ text, box: shownBox(written, frame) });
    }
    pdfium.FPDFPage_CloseAnnot(annotation);
  }
  pdfium.free(rectangle);
  return formItems(shown);
}

function shownText({ exports: pdfium, form }: PdfiumPage, annotation: Pointer): string {
  if (pdfium.FPDFAnnot_GetFlags(annotation) & NOT_SHOWN) return '';
  const kind = pdfium.FPDFAnnot_GetSubtype(annotation);
  if (kind === ANNOTATION_KINDS.freeText) {
    return withName(pdfium, 'Contents', (key) =>
      readWideText(pdfium, (buffer, bytes) => pdfium.FPDFAnnot_GetStringValue(annotation, key, buffer, bytes)),
    );
  }
  if (kind !== ANNOTATION_KINDS.widget || form === 0) return '';
  if (!TEXT_FIELDS.includes(pdfium.FPDFAnnot_GetFormFieldType(form, annotation))) return '';
  if (pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & FIELD_FLAGS.password) return '';
  return readWideText(pdfium, (buffer, bytes) => pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, buffer, bytes));
}
