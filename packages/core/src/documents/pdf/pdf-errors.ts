import { DocketError } from '../../errors.js';

/** The error for a PDF that needs a password. */
export function encryptedPdf(cause?: unknown): DocketError {
  const message = 'the PDF is encrypted and needs a password; remove the password first';
  return new DocketError('document.encrypted', message, { cause });
}

/** The error for a PDF that is encrypted in a way that no reader knows: for certificates, or newer than they are. */
export function unknownEncryption(): DocketError {
  const message = 'the PDF is encrypted in a way that cannot be undone here; save a copy of it without protection';
  return new DocketError('document.encrypted', message);
}

/** The error for a PDF that cannot be opened; `reason` is text or what a library threw. */
export function cannotOpen(reason: unknown): DocketError {
  const message = `the PDF cannot be opened: ${describe(reason)}; it is damaged or incomplete, get a fresh copy of it`;
  return new DocketError('document.corrupt', message, { cause: reason });
}

/** The error for a page that cannot be read while others may; `reason` is text or what a library threw. */
export function damagedPage(pageNumber: number, reason: unknown): DocketError {
  const message = `page ${pageNumber} of the PDF is damaged (${describe(reason)}); repair the file or leave the page out`;
  return new DocketError('document.corrupt', message, { data: { page: pageNumber }, cause: reason });
}

function describe(reason: unknown): string {
  const text = reason instanceof Error ? reason.message : String(reason);
  return text.replace(/\.$/, '').replace(/\s+/g, ' ').slice(0, 200);
}
