import { DocketError } from '../errors.js';

/** How long a document may take, in milliseconds. */
export interface TimeLimits {
  /** Until it is open: its format known, its pages counted, those to read selected. */
  readonly openMs: number;
  /** What each selected page adds. */
  readonly pageMs: number;
  /** What each page adds that may be read by OCR. */
  readonly ocrPageMs: number;
  /** However many pages are selected. */
  readonly maxMs: number;
}

/** A moment by which something must be done. */
export interface Deadline {
  /** Since the work on the document began, in milliseconds. */
  readonly allowedMs: number;
  /** The setting that raises it. */
  readonly limit: 'limits.openMs' | 'limits.pageMs' | 'limits.ocrPageMs' | 'limits.maxMs';
  /** Selected pages, where they are known. */
  readonly pages?: number;
}

/** When a document must be open. */
export function openDeadline({ openMs, maxMs }: TimeLimits): Deadline {
  return openMs > maxMs ? { allowedMs: maxMs, limit: 'limits.maxMs' } : { allowedMs: openMs, limit: 'limits.openMs' };
}

/**
 * When all must be done.
 * @param pages Selected ones
 * @param extraMs What is added for the document as a whole, such as for a model
 */
export function pagesDeadline({ openMs, pageMs, maxMs }: TimeLimits, pages: number, extraMs = 0): Deadline {
  const allowedMs = openMs + pages * pageMs + extraMs;
  return allowedMs > maxMs
    ? { allowedMs: maxMs, limit: 'limits.maxMs', pages }
    : { allowedMs, limit: 'limits.pageMs', pages };
}

/** When all must be done where pages are read by OCR. */
export function ocrDeadline(
  limits: TimeLimits,
  { pages, ocrPages, extraMs = 0 }: { readonly pages: number; readonly ocrPages: number; readonly extraMs?: number },
): Deadline {
  const deadline = pagesDeadline(limits, pages, extraMs + ocrPages * limits.ocrPageMs);
  return deadline.limit === 'limits.maxMs' ? deadline : { ...deadline, limit: 'limits.ocrPageMs' };
}

/** The error for a document that takes longer than it may. */
export function timedOut({ allowedMs, limit, pages }: Deadline): DocketError {
  const message = `the document ${describe({ allowedMs, limit, ...(pages === undefined ? {} : { pages }) })}`;
  const data = { limit, allowedMs, ...(pages === undefined ? {} : { pages }) };
  return new DocketError('document.timed_out', message, { data });
}

function describe({ allowedMs, limit, pages }: Deadline): string {
  if (pages === undefined) {
    return `was not open after the ${allowedMs} ms allowed; it may be damaged or made to stall; if it can be trusted, raise ${limit}`;
  }
  const selected = pages === 1 ? 'its selected page' : `its ${pages} selected pages`;
  const fewer = pages === 1 ? '' : 'select fewer pages or ';
  const ceiling = limit === 'limits.maxMs' ? ', the most that any document gets' : '';
  return `took longer than the ${allowedMs} ms allowed for ${selected}${ceiling}; ${fewer}raise ${limit}`;
}
