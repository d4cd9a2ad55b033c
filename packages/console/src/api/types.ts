import type { components } from './schema.js';

type Schemas = components['schemas'];

/** A classify job. */
export type Job = Schemas['ClassifyJob'];

/** What a job, or a score, answers. */
export type ClassifyResult = Schemas['ClassifyResult'];

/** What stands behind an answer. */
export type Explanation = Omit<Schemas['ClassifyExplanation'], 'job_id'>;

/** What speaks for one label. */
export type LabelExplanation = Schemas['LabelExplanation'];

/** A place on a page in fractions of it, from its top left corner, as it is displayed. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Words of a document that speak for a label. */
export type Evidence = Schemas['Evidence'] & { readonly boxes?: readonly Box[] };

/** What was read of one page. */
export interface ReadPage {
  readonly page: number;
  /** Null where it was not read. */
  readonly read: 'text' | 'ocr' | 'none' | null;
  readonly text: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly ocr_confidence: number | null;
}

/** What was read of a document. */
export interface ReadDocument {
  readonly page_count: number;
  readonly kind: 'pdf' | 'image' | 'text';
  readonly pages: readonly ReadPage[];
}
