import { expect, test } from 'vitest';
import type { ConsoleStage } from '../support/console-stage.js';

/** Runs of `docket bench`, and what the server works with. */
export function declareReports(stage: ConsoleStage): void {
  test('Benchmarks: a run is opened, and two are compared', async () => {
    const { page, noise } = await stage.open('benchmarks');
    await page.getByRole('link', { name: /^evidence/ }).click();
    await page.getByRole('heading', { name: 'evidence', level: 2 }).waitFor();
    expect(await page.locator('.tile', { hasText: 'Accuracy' }).textContent()).toMatch(/\d+\.\d%95 %: /);
    await page.getByRole('heading', { name: 'Expected against answered' }).waitFor();
    await page.getByLabel('Before').selectOption('static');
    await page.getByLabel('After').selectOption('evidence');
    await page.getByRole('button', { name: 'Compare two' }).click();
    await page.getByRole('heading', { name: 'static → evidence' }).waitFor();
    await page.getByText('the engines differ').waitFor();
    await page.locator('.tile', { hasText: 'McNemar p' }).waitFor();
    expect(noise).toEqual([]);
  });

  test('State: what docket doctor knows', async () => {
    const { page, noise } = await stage.open('state');
    await page.getByText('All is well').waitFor();
    const text = (await page.locator('.cards').textContent()) ?? '';
    for (const part of ['evidence/', 'document types', 'tesseract', 'Pending', 'sqlite', 'linux', 'free, needs']) {
      expect(text).toContain(part);
    }
    expect(noise).toEqual([]);
  });
}
