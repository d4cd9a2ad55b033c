import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hasSharedHostile, sharedHostileFolder } from '../../support/project.js';
import type { Ending } from '../generated/hostile-document.js';

/** What is known of a hostile document: what is wrong with it, and what poppler made of it. */
export interface ManifestEntry {
  readonly path: string;
  readonly what: string;
  /** Exit status of `pdfinfo`. */
  readonly pdfinfo_rc?: number;
  readonly needs_password?: boolean;
  /** Characters that `pdftotext` found; null when it did not end. */
  readonly text_chars?: number | null;
}

/** The hostile documents of others; none where they are not at hand. */
export const manifest: readonly ManifestEntry[] = hasSharedHostile
  ? readFileSync(join(sharedHostileFolder, 'manifest.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  : [];

/** Text of which less is left when punctuation does not count. */
const FEW_CHARACTERS = 3;

/** How a document may end, by what is known of it. */
export function fittingEndings({ path, what, ...facts }: ManifestEntry): readonly Ending[] {
  if (facts.needs_password || /needs? user password|password needed|encrypted (xlsx|docx?|eml)|DRM/i.test(what)) {
    return ['document.encrypted'];
  }
  if (/bomb/.test(what)) return ['result', 'document.no_text', 'document.too_large', 'document.timed_out'];
  if (/\.zip$/.test(path)) return ['document.unsupported_type'];
  if (/^truncated/.test(what)) return ['document.corrupt'];
  if (/^empty EML/.test(what)) return ['document.no_text'];
  if (!/\.pdf$/.test(path)) return ['result'];
  return endingsOfPdf(what, facts);
}

function endingsOfPdf(what: string, facts: Omit<ManifestEntry, 'path' | 'what'>): readonly Ending[] {
  const { pdfinfo_rc: status, text_chars: characters } = facts;
  // Where poppler gives up, or noise was put in, another program may find something.
  if (status !== 0 || what === 'fuzzed') return ['result', 'document.no_text', 'document.corrupt'];
  // Where poppler finds no text, another program may decode some, or OCR read it in a picture.
  if (!characters) return ['result', 'document.no_text', 'document.corrupt'];
  // The captions of buttons are no text of the document.
  if (characters < FEW_CHARACTERS || what === 'JavaScript actions') return ['result', 'document.no_text'];
  return ['result'];
}
