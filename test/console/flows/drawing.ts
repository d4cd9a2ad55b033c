import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { ConsoleStage } from '../support/console-stage.js';
import { chooseFiles, importRules, RULES_FILE, typeOf } from '../support/documents.js';
import { writeTiff } from '../support/write-tiff.js';

/** Pages as pictures. */
export function declareDrawing(stage: ConsoleStage): void {
  test('a picture that browsers lack is drawn by the server, with the quotes that OCR read on it', async () => {
    const { page, noise, requested } = await stage.open();
    await importRules(page, RULES_FILE);
    await chooseFiles(page, ['invoice-1p.pdf']);
    await page.locator('.sheet[data-state=drawn]').waitFor();
    const { width, height, grey } = await drawnPixels(page);
    const tiff = writeTiff({ width, height, grey: Buffer.from(grey, 'base64') });
    await chooseFiles(page, [{ name: 'scan.tiff', mimeType: 'image/tiff', buffer: tiff }]);
    expect(await typeOf(page, 'scan.tiff')).toBe('invoice');
    await page.locator('.sheet[data-state=drawn]').waitFor();
    expect(requested.some((url) => /\/pages\/1\/image\?max_side=\d+$/.test(url))).toBe(true);
    const { grey: shown } = await drawnPixels(page);
    expect(new Set(Buffer.from(shown, 'base64')).size).toBeGreaterThan(1);
    await page.getByText(/^by OCR, \d+%$/).waitFor();
    await page.locator('.page-mark').first().waitFor();
    expect(noise).toEqual([]);
  });
}

/** What is drawn on the first canvas, in grey, as base64. */
function drawnPixels(page: Page): Promise<{ width: number; height: number; grey: string }> {
  return page.evaluate(`(() => {
    const canvas = document.querySelector('.sheet canvas');
    const { width, height } = canvas;
    const { data } = canvas.getContext('2d').getImageData(0, 0, width, height);
    let grey = '';
    for (let at = 0; at < data.length; at += 4) grey += String.fromCharCode(data[at]);
    return { width, height, grey: btoa(grey) };
  })()`);
}
