import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFolder } from '../../support/project.js';
import { runProcess } from '../../support/run-docket.js';
import type { ConsoleStage } from '../support/console-stage.js';
import { eventually } from '../support/eventually.js';

/** Of the first load, compressed. */
const MOST_BYTES = 150_000;

/** What is loaded, and when. */
export function declareLoading(stage: ConsoleStage): void {
  describe('loading', () => {
    test('little at first, pdf.js with the first PDF, and nothing that its policy refuses', async () => {
      const { page, noise, requested } = await stage.open();
      await page.getByRole('button', { name: 'Open the samples' }).waitFor();
      const sizes = `performance.getEntriesByType('navigation').concat(performance.getEntriesByType('resource'))
        .reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)`;
      expect(await page.evaluate(sizes)).toBeLessThan(MOST_BYTES);
      expect(requested.filter((url) => /pdf/.test(url))).toEqual([]);
      await page.getByRole('button', { name: 'Open the samples' }).click();
      await page.locator('.sheet[data-state=drawn]').first().waitFor();
      await eventually(() => requested.some((url) => /\/assets\/pdf\.worker[\w.-]*\.mjs$/.test(url))).toBe(true);
      expect(noise).toEqual([]);
    });

    test('the page holds no script or style of its own, and its policy would run none', async () => {
      const response = await fetch(stage.url());
      const html = await response.text();
      expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\son\w+=/i);
      const policy = response.headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/unsafe|\*|https?:/);
    });

    test('its types are those of the API', async () => {
      const script = join(projectFolder, 'packages', 'console', 'generate-types.mjs');
      expect(await runProcess([process.execPath, script, stage.url(), '--check'], {})).toMatchObject({
        stderr: '',
        exitCode: 0,
      });
    });
  });
}
