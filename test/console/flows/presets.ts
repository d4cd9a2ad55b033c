import { describe, expect, test } from 'vitest';
import type { ConsoleStage } from '../support/console-stage.js';
import { importRules, RULES_FILE } from '../support/documents.js';
import { eventually } from '../support/eventually.js';

/** Rule sets that are kept on the server. */
export function declarePresets(stage: ConsoleStage): void {
  describe('Presets', () => {
    test('are made, used in code and in Try, changed, copied and deleted', async () => {
      const { page, noise } = await stage.open('presets');
      const listed = async () => {
        const response = await fetch(`${stage.url()}/api/v1/beta/configurations`);
        const { items } = (await response.json()) as {
          items: { id: string; name: string; parameters: { rules: unknown[] } }[];
        };
        return items;
      };
      await page.getByText('No presets yet').waitFor();
      await page.getByRole('button', { name: 'New preset' }).click();
      await page.getByLabel('Name').fill('Incoming mail');
      await importRules(page, RULES_FILE);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByRole('heading', { name: 'Use in code' }).waitFor();
      const [saved] = await listed();
      expect(saved).toMatchObject({ name: 'Incoming mail' });
      expect(saved?.parameters.rules).toHaveLength(14);
      for (const [language, word] of [
        ['TypeScript', '@llamaindex/llama-cloud'],
        ['Python', 'llama_cloud'],
        ['curl', 'prefer: wait'],
      ] as const) {
        await page.getByRole('button', { name: language }).click();
        const code = await page.locator('.code pre').textContent();
        for (const part of [word, stage.url(), saved?.id]) expect(code).toContain(part);
      }
      await page.getByRole('button', { name: 'Remove rule invoice' }).click();
      await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
      await page
        .getByRole('dialog', { name: 'Discard what you wrote?' })
        .getByRole('button', { name: 'Cancel' })
        .click();
      await page.getByRole('link', { name: 'Jobs' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      expect(new URL(page.url()).hash).toBe(`#/presets/${saved?.id}`);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await eventually(async () => (await listed())[0]?.parameters.rules.length).toBe(13);
      await page.getByRole('button', { name: 'Copy', exact: true }).first().click();
      await eventually(() => page.getByLabel('Name').inputValue()).toBe('Incoming mail (copy)');
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await eventually(async () => (await listed()).length).toBe(2);
      await page.getByRole('heading', { name: 'Use in code' }).waitFor();
      // A new one of the same name would go over the first.
      await page.getByRole('button', { name: 'New preset' }).click();
      await page.getByLabel('Name').fill('Incoming mail');
      await importRules(page, RULES_FILE);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      const question = page.getByRole('dialog', { name: /There is a preset Incoming mail already/ });
      await question.getByRole('button', { name: 'Cancel' }).click();
      expect((await listed()).find(({ id }) => id === saved?.id)?.parameters.rules).toHaveLength(13);
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await question.getByRole('button', { name: 'Replace' }).click();
      await eventually(() => page.locator('.rule').count()).toBe(14);
      await page.getByRole('heading', { name: 'Use in code' }).waitFor();
      expect(new URL(page.url()).hash).toBe(`#/presets/${saved?.id}`);
      await page.getByRole('link', { name: /\(copy\)/ }).click();
      await page.getByRole('button', { name: 'Delete' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
      await eventually(async () => (await listed()).map(({ name }) => name)).toEqual(['Incoming mail']);
      await page.getByRole('link', { name: /\(copy\)/ }).waitFor({ state: 'detached' });
      await page.locator('h1:focus').waitFor();
      await page.getByRole('link', { name: /Incoming mail/ }).click();
      await page.getByRole('button', { name: 'Open in Try' }).click();
      await eventually(() => page.locator('.rule').count()).toBe(14);
      expect(noise).toEqual([]);
    });

    test('are saved from Try and loaded there', async () => {
      const { page, noise } = await stage.open();
      await importRules(page, RULES_FILE);
      await page.getByRole('button', { name: 'Save as preset' }).click();
      await page.getByLabel('Name of the preset').fill('From Try');
      await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
      await page.getByTestId('announcer').filter({ hasText: 'Saved as From Try' }).waitFor({ state: 'attached' });
      await page.reload();
      await page.getByRole('button', { name: 'Remove rule invoice' }).click();
      const chooser = page.getByLabel('Load a preset');
      await chooser.focus();
      await chooser.getByText('From Try').waitFor({ state: 'attached' });
      await chooser.selectOption('From Try');
      expect(await page.locator('.rule').count()).toBe(13);
      await page.getByRole('button', { name: 'Load', exact: true }).click();
      await eventually(() => page.locator('.rule').count()).toBe(14);
      await page.getByRole('button', { name: 'Undo' }).click();
      await eventually(() => page.locator('.rule').count()).toBe(13);
      expect(noise).toEqual([]);
    });
  });
}
