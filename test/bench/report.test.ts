import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeHtml } from '../../packages/evals/src/report/write-html.js';
import { makeManyResults } from '../../packages/evals/src/testing/make-many-results.js';
import { makeRun } from '../../packages/evals/src/testing/make-summary.js';
import { temporaryFolder } from '../support/temporary-folder.js';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core'), 'utf8');
const TYPES = ['contract', 'email', 'invoice', 'letter', 'meeting_minutes', 'payslip', 'receipt', 'resume'];
const COUNT = 300;

if (!CHROMIUM) console.warn('skipped: there is no Chromium to look at reports with (apt-get install chromium)');

describe.skipIf(!CHROMIUM)('the report in a browser', () => {
  const folder = temporaryFolder();
  const file = join(folder, 'report.html');
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(file, writeHtml(makeRun(makeManyResults(COUNT, TYPES), {}, TYPES)));
    browser = await chromium.launch({ executablePath: CHROMIUM as string, args: ['--no-sandbox'] });
  });

  afterAll(async () => {
    await browser?.close();
  });

  async function open(options: Parameters<Browser['newPage']>[0] = {}) {
    const page = await browser.newPage(options);
    const noise: string[] = [];
    page.on('console', (message) => noise.push(message.text()));
    page.on('pageerror', (error) => noise.push(error.message));
    page.on('request', (request) => {
      if (request.url() !== pathToFileURL(file).href) noise.push(request.url());
    });
    await page.goto(pathToFileURL(file).href);
    return { page, noise };
  }

  const countOf = (page: Page) => page.locator('#count').textContent();

  test('opens from disk, asks for nothing, and runs nothing of a document', async () => {
    const { page, noise } = await open();
    expect(await page.title()).toMatch(/^documents: \d+\.\d %$/);
    expect(await page.locator('main img').count()).toBe(0);
    expect(await countOf(page)).toBe(`${COUNT} of ${COUNT} documents`);
    expect(noise).toEqual([]);
  });

  test('a cell of the matrix leads to its documents', async () => {
    const { page } = await open();
    const cell = page.locator('.matrix button[class^="w"]').first();
    const count = await cell.textContent();
    await cell.click();
    expect(await countOf(page)).toBe(`${count} of ${COUNT} documents`);
    expect(await cell.getAttribute('aria-pressed')).toBe('true');
    await page.locator('#clear').click();
    expect(await countOf(page)).toBe(`${COUNT} of ${COUNT} documents`);
  });

  test('search, filters, sorting, pages and details', async () => {
    const { page } = await open();
    await page.locator('#next').click();
    expect(await page.locator('#place').textContent()).toBe('page 2 of 3');
    await page.locator('#search').fill('DOCUMENT-00042');
    expect(await countOf(page)).toBe(`1 of ${COUNT} documents`);
    await page.locator('#rows button').click();
    await page.locator('.detail', { hasText: 'Ranking:' }).waitFor();
    await page.locator('#clear').click();
    await page.locator('#outcome').selectOption('failed');
    expect(await countOf(page)).toBe(`11 of ${COUNT} documents`);
    await page.locator('#outcome').selectOption('wrong');
    await page.getByRole('button', { name: 'confidence' }).click();
    await page.getByRole('button', { name: 'confidence' }).click();
    const shown = await page.locator('#rows tr td:nth-child(4)').allTextContents();
    expect(shown).toEqual([...shown].sort().reverse());
  });

  test('details show what a document says as text', async () => {
    const { page, noise } = await open();
    await page.locator('#search').fill('document-00005');
    await page.locator('#rows button').click();
    expect(await page.locator('#rows .detail').textContent()).toContain('</script><script>');
    expect(await page.title()).toMatch(/^documents/);
    expect(noise).toEqual([]);
  });

  test.each(['light', 'dark'] as const)('has nothing that axe minds, %s', async (colorScheme) => {
    const { page } = await open({ colorScheme, bypassCSP: true });
    await page.locator('#rows button').first().click();
    await page.evaluate(AXE);
    const violations = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes[0].html]))',
    );
    expect(violations).toEqual([]);
  });

  test('is dark where the system is, and switches', async () => {
    const { page } = await open({ colorScheme: 'dark' });
    const background = () => page.evaluate('getComputedStyle(document.body).backgroundColor');
    const dark = await background();
    await page.locator('#theme').click();
    expect(await background()).not.toBe(dark);
  });

  test('fits a telephone: only tables scroll sideways', async () => {
    const { page } = await open({ viewport: { width: 390, height: 800 } });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  });
});
