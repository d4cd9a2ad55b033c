import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
const url = process.argv[2]!;
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const RULES = JSON.parse(readFileSync('/tmp/shots/rules.json','utf8'));
for (const [name, options] of [
  ['light', { viewport: { width: 1440, height: 900 } }],
  ['dark', { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' as const, locale: 'de' }],
  ['narrow', { viewport: { width: 390, height: 844 } }],
] as const) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  page.setDefaultTimeout(20000);
  const de = name === 'dark';
  const shot = (what: string) => page.screenshot({ path: `/tmp/shots/${name}-${what}.png` });
  await page.goto(`${url}/#/try`);
  await page.getByRole('button', { name: de ? 'Beispiele öffnen' : 'Open the samples' }).click();
  await page.locator('.document[data-state=scored]').nth(1).waitFor();
  await page.waitForTimeout(1500);
  await shot('try');
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: de ? 'Einlesen' : 'Import' }).click()]);
  await chooser.setFiles({ name: 'r.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(RULES)) });
  await page.waitForTimeout(1500);
  await shot('try-import');
  await page.getByRole('button', { name: de ? 'Als Vorlage speichern' : 'Save as preset' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill('Mail');
  await page.getByRole('dialog').locator('button[type=submit]').click();
  await page.waitForTimeout(800);
  await shot('save-preset');
  if (await page.getByRole('dialog').count()) { await page.getByRole('dialog').locator('button[type=submit]').click(); await page.waitForTimeout(500); }
  await shot('toast');
  await page.goto(`${url}/#/presets`);
  await page.locator('.choices a').first().click();
  await page.waitForTimeout(600);
  await page.locator('.preset-name').fill('Other');
  await page.waitForTimeout(300);
  await shot('preset');
  await page.locator('nav.views a').nth(1).click();
  await page.waitForTimeout(500);
  await shot('unsaved');
  await page.getByRole('dialog').locator('.button-danger').click();
  await page.waitForTimeout(800);
  await shot('jobs');
  await page.locator('tbody tr').nth(1).locator('button').click();
  await page.waitForTimeout(300);
  await shot('jobs-delete');
  await page.keyboard.press('Escape');
  await page.route('**/api/local/classify/*/explanation', (route) => route.fulfill({ status: 500, json: { detail: 'It is broken here' } }));
  await page.locator('tbody tr a').nth(1).click();
  await page.waitForTimeout(1500);
  await shot('job-broken');
  await page.unroute('**/api/local/classify/*/explanation');
  await page.getByRole('button', { name: de ? 'Noch einmal' : 'Try again' }).first().click();
  await page.waitForTimeout(1500);
  await shot('job');
  await page.goto(`${url}/#/benchmarks/run/evidence`);
  await page.waitForTimeout(800);
  await page.locator('.matrix').scrollIntoViewIfNeeded().catch(() => {});
  await shot('matrix');
  await context.close();
}
await browser.close();
