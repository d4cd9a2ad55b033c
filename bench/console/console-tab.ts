import { existsSync } from 'node:fs';
import type { Rule } from '@docket/core';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import type { BenchDocument } from '../server/bench-documents.js';

const PATHS = ['/usr/bin/chromium', '/usr/bin/chromium-browser'];
const MOST_MS = 300_000;

/** The console in a tab of its own profile. Disposing of it closes the profile. */
export interface ConsoleTab extends AsyncDisposable {
  readonly page: Page;
  readonly context: BrowserContext;
}

/** Starts the browser of the machine. @throws Error when there is none */
export async function startBrowser(): Promise<Browser & AsyncDisposable> {
  const executablePath = PATHS.find((path) => existsSync(path));
  if (executablePath === undefined) throw new Error('there is no Chromium: apt-get install chromium');
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return await chromium.launch({ executablePath, args });
}

/** Opens the console with rules in it, as somebody left it. */
export async function openTab(browser: Browser, url: string, rules: readonly Rule[]): Promise<ConsoleTab> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  context.setDefaultTimeout(MOST_MS);
  const kept = JSON.stringify(JSON.stringify({ rules, parsing: {}, documents: [] }));
  await context.addInitScript(`sessionStorage.getItem('docket.try') ?? sessionStorage.setItem('docket.try', ${kept})`);
  const page = await context.newPage();
  await page.goto(url);
  await page.locator('.pane-documents').waitFor();
  return { page, context, [Symbol.asyncDispose]: () => context.close() };
}

/** Gives documents to the page. */
export async function giveDocuments(page: Page, documents: readonly BenchDocument[]): Promise<void> {
  const files = documents.map(({ name, bytes }) => ({
    name,
    mimeType: 'application/octet-stream',
    buffer: Buffer.from(bytes),
  }));
  await page.locator('.drop-zone input[type=file]').setInputFiles(files);
}

/** Waits until so many documents have an answer. @throws Error when one of them failed */
export async function whenScored(page: Page, count: number): Promise<void> {
  const settled = page.locator('.document[data-state=scored], .document[data-state=failed]');
  await settled.nth(count - 1).waitFor({ state: 'attached' });
  const failed = await page.locator('.document[data-state=failed]').allTextContents();
  if (failed.length > 0) throw new Error(`not scored: ${failed.join('; ')}`);
}
