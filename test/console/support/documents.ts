import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { fixturesFolder } from '../../support/project.js';

/** A file as a browser takes it. */
export interface GivenFile {
  readonly name: string;
  readonly mimeType: string;
  readonly buffer: Buffer;
}

/** The path of one of the project's own documents. */
export function documentPath(name: string): string {
  return join(fixturesFolder, 'documents', name);
}

/** The project's own rules. */
export const RULES_FILE = join(fixturesFolder, 'rules.yaml');

/** Gives files to the page as somebody does who chooses them. */
export async function chooseFiles(page: Page, files: readonly (string | GivenFile)[]): Promise<void> {
  const given = files.map((file) =>
    typeof file === 'string'
      ? { name: file, mimeType: 'application/octet-stream', buffer: readFileSync(documentPath(file)) }
      : file,
  );
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Choose files' }).click(),
  ]);
  await chooser.setFiles(given);
}

/** Takes rules over from a file, as somebody does who chooses it. */
export async function importRules(page: Page, file: string | GivenFile): Promise<void> {
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Import' }).click(),
  ]);
  await chooser.setFiles(file);
}

/** The document in the list of Try. */
export function documentItem(page: Page, name: string) {
  return page.locator('.document', { has: page.locator('.document-name', { hasText: name }) });
}

/** Waits until a document has an answer, and gives its type. */
export async function typeOf(page: Page, name: string): Promise<string> {
  const item = documentItem(page, name);
  await page
    .locator(`.document[data-state=scored]`, { has: page.locator('.document-name', { hasText: name }) })
    .waitFor();
  return (await item.locator('.document-answer .type').textContent()) ?? '';
}
