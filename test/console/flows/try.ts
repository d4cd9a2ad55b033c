import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type ConsoleStage, expectAccessible } from '../support/console-stage.js';
import { chooseFiles, documentItem, documentPath, importRules, RULES_FILE, typeOf } from '../support/documents.js';
import { eventually } from '../support/eventually.js';

const REQUEST = { name: 'rules.json', mimeType: 'application/json' };
const PLAIN_RULES = [
  { type: 'minutes', description: 'The record of a meeting: who attended, what was discussed and decided.' },
  { type: 'shopping list', description: 'A list of groceries to buy, with quantities.' },
];

/** Rules tried on documents. */
export function declareTry(stage: ConsoleStage): void {
  describe('Try', () => {
    test('opens the samples with one click and says what becomes of them', async () => {
      const { page, noise } = await stage.open();
      await page.getByRole('button', { name: 'Open the samples' }).click();
      expect(await typeOf(page, 'contract.pdf')).toBe('contract');
      expect(await typeOf(page, 'invoice.pdf')).toBe('invoice');
      await page.getByTestId('announcer').filter({ hasText: '2 of 2 documents scored' }).waitFor({ state: 'attached' });
      await page.locator('.sheet[data-state=drawn]').first().waitFor();
      // The answer with its runner-up, the reasoning and the rule that took it.
      await eventually(() => page.locator('.leaders').textContent()).toMatch(
        /contract[\s\S]*%[\s\S]*%[\s\S]*A type needs/,
      );
      expect(await page.locator('.reasoning').textContent()).toContain('Services Agreement');
      await page.locator('.rule', { hasText: 'takes 1 document' }).first().waitFor();
      expect(noise).toEqual([]);
    });

    test('takes files that are dropped, and shows why one fails', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      const bytes = readFileSync(documentPath('minutes.txt')).toString('base64');
      await page.evaluate(`(() => {
        const transfer = new DataTransfer();
        const bytes = Uint8Array.from(atob('${bytes}'), (character) => character.charCodeAt(0));
        transfer.items.add(new File([bytes], 'minutes.txt'));
        for (const type of ['dragenter', 'dragover', 'drop'])
          document.body.dispatchEvent(new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }));
      })()`);
      expect(await typeOf(page, 'minutes.txt')).toBe('meeting_minutes');
      await chooseFiles(page, ['encrypted-letter.pdf']);
      await documentItem(page, 'encrypted-letter.pdf').getByText('document.encrypted').waitFor();
      await page.getByText('protected by a password').waitFor();
      expect(noise).toEqual([]);
    });

    test('scores again while one types, says what changed, and gives advice under the rule', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, { ...REQUEST, buffer: Buffer.from(JSON.stringify(PLAIN_RULES)) });
      await chooseFiles(page, ['recipe.html', 'minutes.txt']);
      expect(await typeOf(page, 'minutes.txt')).toBe('minutes');
      expect(await typeOf(page, 'recipe.html')).toBe('no type');
      await page.getByRole('button', { name: 'Add a rule' }).click();
      const added = page.locator('.rule').nth(2);
      await page.keyboard.type('recipe');
      await added.getByRole('textbox', { name: 'Description' }).fill('documents');
      await added.getByText('A description has 10 to 500 characters').waitFor();
      await added.getByRole('textbox', { name: 'Description' }).fill('documents and files');
      await added.locator('.finding').first().waitFor();
      await added
        .getByRole('textbox', { name: 'Description' })
        .fill('How to cook a dish: its ingredients and the steps.');
      await documentItem(page, 'recipe.html').getByText('was no type').waitFor();
      expect(await typeOf(page, 'recipe.html')).toBe('recipe');
      await page.getByTestId('announcer').filter({ hasText: '1 answer changed' }).waitFor({ state: 'attached' });
      expect(noise).toEqual([]);
    });

    test('a quote leads to its place on the page; what was not read is grey', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      await chooseFiles(page, ['contract-3p.pdf']);
      await typeOf(page, 'contract-3p.pdf');
      const quote = page.locator('.quote', { hasText: 'page 3' }).first();
      await quote.click();
      const mark = page.locator('.page-mark.is-current').first();
      const sheet = page.locator('.page[data-page="3"] .sheet');
      await eventually(async () => isWithin(await mark.boundingBox(), await sheet.boundingBox())).toBe(true);
      expect(isWithin(await mark.boundingBox(), await page.locator('.viewer-pages').boundingBox())).toBe(true);
      await page.locator('.page[data-page="3"] .sheet[data-state=drawn]').waitFor();
      await page.getByRole('button', { name: 'Text as read' }).click();
      await quote.click();
      expect(await page.locator('.text-mark.is-current').first().textContent()).toBe(
        (await quote.locator('.quote-text').textContent()) ?? '',
      );
      await page.getByRole('button', { name: 'Page', exact: true }).click();
      await page.getByLabel('The first').fill('1');
      await page.getByLabel('The first').blur();
      await page.locator('.page.is-unread[data-page="3"]').getByText('not read').waitFor();
      expect(await page.locator('.page.is-unread').count()).toBe(2);
      expect(noise).toEqual([]);
    });

    test('shows a pasted text, and its quotes in it', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      await page.getByRole('button', { name: 'Paste text' }).click();
      await page.getByLabel('Text of the document').fill(readFileSync(documentPath('minutes.txt'), 'utf8'));
      await page.getByRole('button', { name: 'Add the text' }).click();
      expect(await typeOf(page, 'Pasted text 1.txt')).toBe('meeting_minutes');
      const quotes = await page.locator('.quote-text').allTextContents();
      await page.locator('.text-mark').first().waitFor();
      expect(quotes.length).toBeGreaterThan(3);
      expect(await page.locator('.page-text').textContent()).toContain(quotes[0]);
      await expectAccessible(page);
      expect(noise).toEqual([]);
    });

    test('rules are moved, removed, written to files and read from them', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      const types = () =>
        page.locator('.rule-type').evaluateAll((fields) => fields.map((field) => Reflect.get(field, 'value')));
      await eventually(async () => (await types()).slice(0, 3)).toEqual(['invoice', 'contract', 'user_manual']);
      await page.getByRole('button', { name: 'Move rule invoice down' }).click();
      await page.locator('.rule-type').nth(2).press('Alt+ArrowUp');
      expect(await page.evaluate('document.activeElement.value')).toBe('user_manual');
      await page.getByRole('button', { name: 'Remove rule contract' }).click();
      const kept = await types();
      expect(kept.slice(0, 3)).toEqual(['user_manual', 'invoice', 'letter']);
      await page.getByLabel('These pages').fill('1-3');
      await page.getByLabel('These pages').blur();
      for (const format of ['YAML', 'JSON']) {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: `Export as ${format}` }).click(),
        ]);
        expect(download.suggestedFilename()).toBe(`rules.${format.toLowerCase()}`);
        const written = await download.path();
        for (const field of [page.locator('.rule-type').first()]) await field.fill('changed');
        await page.getByLabel('These pages').fill('');
        await importRules(page, written);
        await eventually(types).toEqual(kept);
        expect(await page.getByLabel('These pages').inputValue()).toBe('1-3');
      }
      await importRules(page, { name: 'wrong.yaml', mimeType: 'text/plain', buffer: Buffer.from('rules: 3') });
      await page.getByText('A rule file holds a list of rules').waitFor();
      expect(noise).toEqual([]);
    });

    test('documents and rules survive loading the page anew, and are deleted from the server', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      await chooseFiles(page, ['letter.rtf']);
      expect(await typeOf(page, 'letter.rtf')).toBe('letter');
      const listed = async () => {
        const response = await fetch(`${stage.url()}/api/v1/beta/files?file_name=letter.rtf`);
        return ((await response.json()) as { items: { expires_at: string }[] }).items;
      };
      const [file] = await listed();
      expect(Date.parse(file?.expires_at ?? '') - Date.now()).toBeLessThanOrEqual(24 * 3600 * 1000);
      await page.reload();
      expect(await typeOf(page, 'letter.rtf')).toBe('letter');
      await page.locator('.page-text').filter({ hasText: 'Dear' }).waitFor();
      await page.getByRole('button', { name: 'Delete all from the server' }).click();
      await page.getByTestId('announcer').filter({ hasText: 'deleted from the server' }).waitFor({ state: 'attached' });
      expect(await listed()).toEqual([]);
      expect(noise).toEqual([]);
    });
  });
}

interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function isWithin(inner: Area | null, outer: Area | null): boolean {
  if (!inner || !outer) return false;
  const isBetween = (from: number, size: number, outerFrom: number, outerSize: number) =>
    from >= outerFrom - 1 && from + size <= outerFrom + outerSize + 1;
  return (
    isBetween(inner.x, inner.width, outer.x, outer.width) && isBetween(inner.y, inner.height, outer.y, outer.height)
  );
}
