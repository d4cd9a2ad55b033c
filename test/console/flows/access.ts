import { describe, expect, test } from 'vitest';
import { type ConsoleStage, expectAccessible } from '../support/console-stage.js';
import { chooseFiles, importRules, RULES_FILE, typeOf } from '../support/documents.js';
import { eventually } from '../support/eventually.js';

const PLACES = ['jobs', 'presets/new', 'benchmarks/run/evidence', 'benchmarks/compare/static/evidence', 'state'];

/** Who can use it: with which hands, eyes, screens, languages and keys. */
export function declareAccess(stage: ConsoleStage, key: string): void {
  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    test('axe minds nothing in any view', async () => {
      const { page } = await stage.open('try', { colorScheme });
      await page.getByRole('heading', { name: 'See which rule takes a document, and why' }).waitFor();
      await expectAccessible(page);
      await importRules(page, RULES_FILE);
      await chooseFiles(page, ['minutes.txt', 'contract-3p.pdf']);
      await typeOf(page, 'contract-3p.pdf');
      await page.locator('.text-mark').first().waitFor();
      await expectAccessible(page);
      for (const place of PLACES) {
        await page.goto(`${stage.url()}/#/${place}`);
        await page.locator('h1').first().waitFor();
        await eventually(() => page.locator('.spinner').count()).toBe(0);
        await expectAccessible(page);
      }
    });
  });

  test('a telephone scrolls no view sideways', async () => {
    const { page, noise } = await stage.open('try', { viewport: { width: 390, height: 844 } });
    await page.getByRole('button', { name: 'Open the samples' }).click();
    await typeOf(page, 'invoice.pdf');
    for (const place of ['try', ...PLACES]) {
      await page.goto(`${stage.url()}/#/${place}`);
      await page.locator('h1').first().waitFor();
      await eventually(() => page.locator('.spinner').count()).toBe(0);
      expect(await page.evaluate('document.querySelector("main").scrollWidth'), place).toBeLessThanOrEqual(390);
    }
    expect(noise).toEqual([]);
  });

  test('the keyboard alone suffices', async () => {
    const { page, noise } = await stage.open();
    const tabTo = async (name: RegExp) => {
      const focused = 'document.activeElement.getAttribute("aria-label") ?? document.activeElement.textContent';
      for (let presses = 0; presses < 80; presses++) {
        await page.keyboard.press('Tab');
        if (name.test(String(await page.evaluate(focused)))) return;
      }
      throw new Error(`no Tab leads to ${name}`);
    };
    await page.getByRole('button', { name: 'Open the samples' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.id')).toBe('main');
    await tabTo(/^Open the samples/);
    await page.keyboard.press('Enter');
    await typeOf(page, 'invoice.pdf');
    await page.locator('body').press('Tab');
    await tabTo(/^invoice\.pdf/);
    await page.keyboard.press('Enter');
    await tabTo(/^“?Invoice number/);
    await page.keyboard.press('Enter');
    await page.locator('.page-mark.is-current').first().waitFor();
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.matches(".quotes li + li .quote")')).toBe(true);
    await page.keyboard.press('Control+Enter');
    await page.getByTestId('announcer').filter({ hasText: 'No answer changed' }).waitFor({ state: 'attached' });
    await tabTo(/^Paste text|^Pages$/);
    expect(noise).toEqual([]);
  });

  test('speaks German to who does, and keeps the language that is chosen', async () => {
    const { page, noise } = await stage.open('try', { locale: 'de-AT' });
    await page.getByRole('button', { name: 'Beispiele öffnen' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('de');
    await page.getByLabel('Sprache', { exact: true }).selectOption('English');
    await page.getByRole('button', { name: 'Open the samples' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Open the samples' }).waitFor();
    expect(noise).toEqual([]);
  });

  test('asks for a key where one is needed, sends it in a header alone and keeps it for the tab', async () => {
    const { page, noise, requested } = await stage.open('jobs', { baseURL: stage.keyedUrl() });
    await page.getByRole('textbox', { name: 'API key' }).fill('another');
    await page.getByRole('button', { name: 'Use this key' }).click();
    await page.getByText('The server does not accept this key').waitFor();
    const streams = page.waitForRequest((request) => {
      return request.url().endsWith('/api/local/events') && request.headers()['authorization'] === `Bearer ${key}`;
    });
    await page.getByRole('textbox', { name: 'API key' }).fill(key);
    await page.getByRole('button', { name: 'Use this key' }).click();
    await streams;
    await page.getByText('No jobs yet').waitFor();
    await page.getByText('live', { exact: true }).waitFor();
    expect(requested.filter((url) => url.includes(key))).toEqual([]);
    expect(await page.evaluate('JSON.stringify(localStorage) + document.cookie')).not.toContain(key);
    await page.goto(`${stage.keyedUrl()}/#/try`);
    await page.getByRole('button', { name: 'Open the samples' }).click();
    await page.locator('.document', { hasText: 'Scor' }).first().waitFor();
    await page.locator('.sheet[data-state=drawn]').first().waitFor();
    const { page: another } = await stage.open('state', { baseURL: stage.keyedUrl() });
    await another.getByRole('textbox', { name: 'API key' }).waitFor();
    expect(noise).toEqual([]);
  });
}
