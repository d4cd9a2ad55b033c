import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeOcrEngine } from '../testing/describe-ocr-engine.js';
import { scanOf, whyNoOcr } from '../testing/scans.js';
import { addOcrLanguage } from './add-language.js';
import { TesseractJsEngine } from './tesseract-js-engine.js';

const missing = await whyNoOcr();

describe.skipIf(missing)(`TesseractJsEngine${missing ? ` (${missing})` : ''}`, () => {
  describeOcrEngine('contract', async () => new TesseractJsEngine(undefined));

  it('tells which data cannot be loaded, again and again, and reads on with what can', {
    timeout: 60_000,
  }, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'docket-ocr-'));
    const blank = { width: 64, height: 64, pixels: new Uint8Array(4096).fill(255) };
    await using engine = new TesseractJsEngine(folder);
    try {
      await writeFile(join(folder, 'bad.traineddata'), 'no such data');
      await engine.recognise(blank, { languages: ['eng'] });
      for (let round = 0; round < 3; round++) {
        const reading = engine.recognise(blank, { languages: ['bad'] });
        await expect(reading).rejects.toMatchObject({
          code: 'model.incompatible',
          message: expect.stringMatching(/bad\.traineddata: initialization failed/),
        });
      }
      expect(await engine.recognise(blank, { languages: ['eng'] })).toEqual({ lines: [], confidence: 0 });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('reads what is asked for at once one after the other, each in its language', { timeout: 60_000 }, async () => {
    const { image } = await scanOf('invoice-1p.pdf', { pixels: 700_000 });
    await using engine = new TesseractJsEngine(undefined);
    const controller = new AbortController();
    const options = { languages: ['eng'] };
    const first = engine.recognise(image, options);
    const given = engine.recognise(image, { ...options, signal: controller.signal });
    const last = engine.recognise(image, options);
    controller.abort(new Error('no longer wanted'));
    await expect(given).rejects.toThrow('no longer wanted');
    expect(await last).toEqual(await first);
  });

  describe('languages that are added', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'docket-ocr-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    it('must be data of tesseract, by name and by content', async () => {
      const [odd, broken] = [join(folder, 'deu.zip'), join(folder, 'deu.traineddata')];
      await writeFile(odd, 'x');
      await writeFile(broken, 'no such data');
      const target = join(folder, 'languages');
      await expect(addOcrLanguage({ file: odd, folder: target })).rejects.toMatchObject({
        code: 'request.invalid_input',
      });
      await expect(addOcrLanguage({ file: broken, folder: target })).rejects.toMatchObject({
        code: 'model.incompatible',
      });
      await expect(addOcrLanguage({ file: join(folder, 'fra.traineddata'), folder: target })).rejects.toMatchObject({
        code: 'resource.file_not_found',
      });
      expect(await new TesseractJsEngine(target).languages()).toEqual(
        await new TesseractJsEngine(undefined).languages(),
      );
    });

    it('are used under their own name, and replaced when asked', { timeout: 60_000 }, async () => {
      const [english] = (await new TesseractJsEngine(undefined).languages()).filter(({ code }) => code === 'eng');
      const { readFile } = await import('node:fs/promises');
      const file = join(folder, 'xyz.traineddata.gz');
      await writeFile(file, await readFile(english?.file ?? ''));
      const target = join(folder, 'own');
      expect(await addOcrLanguage({ file, folder: target })).toMatchObject({ code: 'xyz' });
      await expect(addOcrLanguage({ file, folder: target })).rejects.toThrow(/--replace/);
      await addOcrLanguage({ file, folder: target, replace: true });
      expect((await new TesseractJsEngine(target).languages()).map(({ code }) => code)).toEqual(['eng', 'xyz']);
    });
  });
});
