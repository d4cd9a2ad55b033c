import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Rule } from '@docket/core';

/** A document to try rules on. */
export interface SampleDocument {
  readonly name: string;
  readonly contentType: string;
}

/** What lies in the package. */
export const SAMPLE_DOCUMENTS: readonly SampleDocument[] = [
  { name: 'contract.pdf', contentType: 'application/pdf' },
  { name: 'invoice.pdf', contentType: 'application/pdf' },
];

/** The rules that go with the sample documents. */
export async function readSampleRules(): Promise<readonly Rule[]> {
  return JSON.parse(await readFile(placeOf('rules.json'), 'utf8')).rules;
}

/** The bytes of a sample document. */
export function readSample({ name }: SampleDocument): Promise<Buffer> {
  return readFile(placeOf(name));
}

function placeOf(name: string): string {
  return fileURLToPath(new URL(`../../assets/samples/${name}`, import.meta.url));
}
