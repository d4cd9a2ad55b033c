import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { SourceItem } from '../document-reader.js';
import { formItems } from './form-items.js';
import { type Matrix, textItemBox } from './text-item-box.js';

/** What of an annotation of pdf.js is looked at; PDF 32000-1, 12.5.6.6 and 12.7.4. */
interface Annotation {
  readonly subtype?: string;
  readonly fieldType?: string;
  readonly fieldValue?: unknown;
  readonly contentsObj?: { readonly str?: string };
  readonly rect?: readonly number[];
  readonly hidden?: boolean;
  readonly noView?: boolean;
  readonly password?: boolean;
}

/** Text that stands on a page and not in its content: what was filled into fields, notes written on it. */
export async function readFormText(page: PDFPageProxy, transform: Matrix): Promise<SourceItem[]> {
  const annotations: readonly Annotation[] = await page.getAnnotations({ intent: 'display' }).catch(() => []);
  const shown = annotations.flatMap((annotation) => {
    const text = shownText(annotation);
    return text === '' ? [] : [{ text, box: boxOf(annotation.rect ?? [], transform) }];
  });
  return formItems(shown);
}

function shownText(annotation: Annotation): string {
  const { subtype, fieldType, fieldValue, contentsObj, hidden, noView, password } = annotation;
  if (hidden || noView || password) return '';
  if (subtype === 'FreeText') return contentsObj?.str?.trim() ?? '';
  if (subtype !== 'Widget' || (fieldType !== 'Tx' && fieldType !== 'Ch')) return '';
  const values: readonly unknown[] = Array.isArray(fieldValue) ? fieldValue : [fieldValue];
  return values
    .filter((value) => typeof value === 'string')
    .join(', ')
    .trim();
}

function boxOf(rect: readonly number[], transform: Matrix) {
  const [left = 0, bottom = 0, right = 0, top = 0] = rect;
  const height = Math.abs(top - bottom);
  const place = { transform: [height, 0, 0, height, left, bottom], width: Math.abs(right - left), height };
  return textItemBox(place, transform);
}
