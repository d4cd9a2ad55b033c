import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type DocumentRecord,
  PageSelection,
  type PdfReaderName,
  parseRuleSet,
  type RuleSet,
  readDocument,
  toDocketError,
} from '@docket/core';
import { z } from 'zod';

/** Where the labelled documents and their rules are. */
export const evalFolder = fileURLToPath(new URL('../../../shared/eval/', import.meta.url));

const entrySchema = z.object({
  path: z.string(),
  type: z.string(),
  expected: z.string().nullable(),
  source_repo: z.string(),
});

/** A labelled document that was read. */
export interface EvalDocument {
  readonly path: string;
  /** Label of the right answer; null: none of the rules. */
  readonly expected: string | null;
  /** Where it comes from: folds never split one. */
  readonly sourceRepo: string;
  readonly record: DocumentRecord;
}

/** The labelled documents with text, those that could not be read, and the rules. */
export interface EvalSet {
  readonly documents: readonly EvalDocument[];
  readonly unread: readonly { readonly path: string; readonly code: string }[];
  readonly ruleSet: RuleSet;
}

/** Whether the labelled documents are here; they are not part of the project. */
export function evalSetExists(): boolean {
  return existsSync(join(evalFolder, 'documents/manifest.jsonl'));
}

/** @param maxPages pages read of each document, as the engine does by default */
export async function loadEvalSet(maxPages: number, pdfReader?: PdfReaderName): Promise<EvalSet> {
  const lines = (await readFile(join(evalFolder, 'documents/manifest.jsonl'), 'utf8')).trim().split('\n');
  const entries = lines.map((line) => entrySchema.parse(JSON.parse(line)));
  const ruleSet = parseRuleSet(JSON.parse(await readFile(join(evalFolder, 'rules.json'), 'utf8')));
  const documents: EvalDocument[] = [];
  const unread: { path: string; code: string }[] = [];
  for (const { path, expected, source_repo } of entries) {
    try {
      const selection = PageSelection.parse({ maxPages });
      const record = await readDocument(join(evalFolder, 'documents', path), {
        selection,
        pdfReader,
        // What is fitted and measured here is text as documents hold it; `bench/results/ocr.md` has the others.
        ocr: 'off',
      });
      documents.push({ path, expected, sourceRepo: source_repo, record });
    } catch (error) {
      unread.push({ path, code: toDocketError(error).code });
    }
  }
  return { documents, unread, ruleSet };
}
