import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { fixturesFolder, hasSharedHostile, isLong, sharedHostileFolder } from '../../support/project.js';
import type { ConsoleStage } from '../support/console-stage.js';
import { chooseFiles, documentItem, type GivenFile, importRules, RULES_FILE } from '../support/documents.js';

const SCRIPT = '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>';

const MAIL = `From: ${SCRIPT} <a@example.org>
To: b@example.org
Subject: Invoice number 12 ${SCRIPT}
Content-Type: text/html

<html><body>Invoice number 12. Total due: 5 GBP. &lt;script&gt;window.hacked=1&lt;/script&gt; <a href="javascript:window.hacked=1">pay</a>
<svg onload="window.hacked=1"></svg>${SCRIPT}</body></html>`;

const OWN: readonly GivenFile[] = [
  { name: `mail ${SCRIPT.slice(0, 40)}.eml`, mimeType: 'message/rfc822', buffer: Buffer.from(MAIL) },
  { name: 'script.txt', mimeType: 'text/plain', buffer: Buffer.from(`Invoice number 12, total due 5 GBP. ${SCRIPT}`) },
];

/** Those with scripts, bombs, and what only looks like a document; all of them when there is time. */
const CHOSEN = /^(030|076|097|098|104|107|111)-/;

/** Documents that mean harm. */
export function declareHostile(stage: ConsoleStage): void {
  describe('hostile documents', () => {
    test('are shown as text, and nothing in them runs', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      await page.locator('.rule').first().waitFor();
      await page.getByRole('button', { name: 'Remove rule email' }).click();
      await chooseFiles(page, OWN);
      await expectHarmless({ page, noise }, OWN.length);
      await documentItem(page, 'script.txt').locator('.document-button').click();
      await page.locator('.page-text', { hasText: SCRIPT }).waitFor();
      expect(await page.locator('main img, main script').count()).toBe(0);
    });

    test('of the project do no harm', async () => {
      const names = readdirSync(join(fixturesFolder, 'hostile'));
      await lookAt(
        stage,
        names.map((name) => join(fixturesFolder, 'hostile', name)),
      );
    });

    test.skipIf(!hasSharedHostile)('of others do no harm (../shared/eval/hostile)', async () => {
      const names = readdirSync(sharedHostileFolder).filter(
        (name) => /^\d/.test(name) && (isLong || CHOSEN.test(name)),
      );
      await lookAt(
        stage,
        names.map((name) => join(sharedHostileFolder, name)),
      );
    });
  });
}

/** Chooses all of them at once, and then looks at each. */
async function lookAt(stage: ConsoleStage, paths: readonly string[]): Promise<void> {
  const { page, noise } = await stage.open();
  await importRules(page, RULES_FILE);
  const files = paths.map((path) => ({
    name: basename(path),
    mimeType: 'application/octet-stream',
    buffer: readFileSync(path),
  }));
  await chooseFiles(page, files);
  await expectHarmless({ page, noise }, files.length);
}

async function expectHarmless(
  { page, noise }: Pick<Awaited<ReturnType<ConsoleStage['open']>>, 'page' | 'noise'>,
  count: number,
): Promise<void> {
  const settled = page.locator('.document[data-state=scored], .document[data-state=failed]');
  await settled.nth(count - 1).waitFor({ timeout: 240_000 });
  const buttons = page.locator('.document-button');
  for (let index = 0; index < count; index++) {
    await buttons.nth(index).click();
    await page.locator('.viewer-pages .spinner').waitFor({ state: 'detached' });
    // Whatever is being drawn is drawn, or said not to be.
    await page.locator('.viewer-pages .sheet[data-state=drawing] .sheet-note').waitFor({ state: 'detached' });
  }
  expect(await page.evaluate('window.hacked ?? null')).toBeNull();
  expect(await page.title()).toBe('Try · Docket');
  expect(noise).toEqual([]);
}
