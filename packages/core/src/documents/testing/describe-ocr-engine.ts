import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OcrEngine } from '../ocr/ocr-engine.js';
import type { PageImage } from '../page-image.js';
import { characterErrorRate, scanOf } from './scans.js';

/** What every engine of OCR does. @param start Starts it with a folder of languages, or none */
export function describeOcrEngine(name: string, start: () => Promise<OcrEngine>): void {
  describe(name, () => {
    let engine: OcrEngine;
    let scan: { readonly image: PageImage; readonly text: string };
    beforeAll(async () => {
      [engine, scan] = [await start(), await scanOf('invoice-1p.pdf')];
    }, 60_000);
    afterAll(() => engine[Symbol.asyncDispose]());

    it('tells its version and its languages', async () => {
      expect(engine.identity).toMatch(/^tesseract(?:\.js)?-\d/);
      expect((await engine.languages()).map(({ code }) => code)).toContain('eng');
    });

    it('reads lines of words with their boxes, and says how sure it is', { timeout: 60_000 }, async () => {
      const { lines, confidence } = await engine.recognise(scan.image, { languages: ['eng'] });
      const words = lines.flatMap((line) => line.words);
      const text = words.map((word) => word.text).join(' ');
      expect(characterErrorRate(text, scan.text)).toBeLessThan(0.05);
      expect(confidence).toBeGreaterThan(80);
      expect(confidence).toBeLessThanOrEqual(100);
      const { width, height } = scan.image;
      for (const { box, text: word } of words) {
        expect(word).toMatch(/^\S.*$/);
        expect(box.x).toBeGreaterThanOrEqual(0);
        expect(box.x + box.width).toBeLessThanOrEqual(width);
        expect(box.y + box.height).toBeLessThanOrEqual(height);
        expect(box.width).toBeGreaterThan(0);
      }
    });

    it('finds nothing on an empty page', { timeout: 60_000 }, async () => {
      const blank = { width: 300, height: 400, pixels: new Uint8Array(120_000).fill(255) };
      expect(await engine.recognise(blank, { languages: ['eng'] })).toEqual({ lines: [], confidence: 0 });
    });

    it('stops when the signal aborts, and reads on afterwards', { timeout: 60_000 }, async () => {
      const aborted = AbortSignal.abort(new Error('enough'));
      await expect(engine.recognise(scan.image, { languages: ['eng'], signal: aborted })).rejects.toThrow('enough');
      const controller = new AbortController();
      const reading = engine.recognise(scan.image, { languages: ['eng'], signal: controller.signal });
      setTimeout(() => controller.abort(new Error('too late')), 150);
      await expect(reading).rejects.toThrow('too late');
      expect((await engine.recognise(scan.image, { languages: ['eng'] })).lines.length).toBeGreaterThan(5);
    });
  });
}
