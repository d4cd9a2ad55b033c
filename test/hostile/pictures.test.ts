import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_LIMITS, EnginePool, type Rule, readRuleFile, toDocketError } from '@docket/core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mutate } from '../support/mutate.js';
import { fixturesFolder, isLong } from '../support/project.js';
import { randomFrom, seed } from '../support/random.js';

/** Damaged pictures of each format. */
const COUNT = isLong ? 2000 : 100;

/** Far more than any of them needs: who takes so long is stuck. */
const TIMEOUT_MS = 60_000;

/** Next to nothing is drawn, so that a picture that can still be decoded is seldom read by OCR: that is slow and tested elsewhere. */
function drawing() {
  const [width, height] = [90, 60];
  const pixels = new Uint8Array(width * height * 3).map((_, index) => 200 + (index % 50));
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const ORIGINALS: Readonly<Record<string, () => Promise<Buffer>>> = {
  png: () => drawing().png().toBuffer(),
  jpeg: () => drawing().jpeg().toBuffer(),
  tiff: () => drawing().tiff({ compression: 'lzw' }).toBuffer(),
  webp: () => drawing().webp().toBuffer(),
  gif: () => drawing().gif().toBuffer(),
  bmp: async () => bitmapOf(90, 60),
};

/** Eight bits a pixel, with a palette of greys. */
function bitmapOf(width: number, height: number): Buffer {
  const stride = Math.ceil(width / 4) * 4;
  const header = Buffer.alloc(54 + 1024);
  header.write('BM', 'latin1');
  header.writeUInt32LE(header.length, 10);
  header.writeUInt32LE(40, 14);
  header.writeInt32LE(width, 18);
  header.writeInt32LE(height, 22);
  header.writeUInt16LE(1, 26);
  header.writeUInt16LE(8, 28);
  for (let grey = 0; grey < 256; grey++) header.writeUInt32LE(grey * 0x010101, 54 + grey * 4);
  return Buffer.concat([header, Buffer.alloc(stride * height, 230)]);
}

describe(`damaged pictures give a result or a typed error (seed ${seed})`, () => {
  let pool: EnginePool;
  let rules: readonly Rule[];

  beforeAll(async () => {
    rules = (await readRuleFile(join(fixturesFolder, 'rules.yaml'))).rules;
    pool = new EnginePool({
      engine: {},
      limits: { ...DEFAULT_LIMITS, openMs: TIMEOUT_MS, maxMs: TIMEOUT_MS },
      concurrency: Math.min(2, availableParallelism()),
      maxMemoryMb: 1024,
    });
  });
  afterAll(() => pool?.close());

  test.each(Object.keys(ORIGINALS))(`${COUNT} of %s`, { timeout: 1_800_000 }, async (format) => {
    const original = (await ORIGINALS[format]?.()) as Buffer;
    const place = Object.keys(ORIGINALS).indexOf(format);
    const tally: Record<string, number> = {};
    const bugs: string[] = [];
    const classifyMutant = async (number: number) => {
      const random = randomFrom(seed + place * 104_729 + number * 7919);
      const { bytes, changes } = number === 0 ? { bytes: original, changes: [] } : mutate(original, random);
      const { code, message } = await outcomeOf({ document: { bytes, name: `mutant.${format}` }, rules });
      tally[code] = (tally[code] ?? 0) + 1;
      const isTyped = code === 'classified' || /^document\.(?!timed_out)/.test(code);
      if (!isTyped) bugs.push(`seed ${seed}, ${format} mutant ${number} (${changes.join('; ')}): ${message}`);
    };
    await Promise.all(Array.from({ length: COUNT }, (_, number) => classifyMutant(number)));
    if (isLong) console.log(`pictures: seed ${seed}, ${COUNT} of ${format}, ${JSON.stringify(tally)}`);
    expect(bugs).toEqual([]);
    // Some are decoded to the end, and some are not.
    expect(tally['document.no_text']).toBeGreaterThan(0);
    expect(tally['document.corrupt']).toBeGreaterThan(0);
  });

  async function outcomeOf(request: Parameters<EnginePool['classify']>[0]) {
    try {
      await pool.classify(request);
      return { code: 'classified', message: '' };
    } catch (error) {
      const { code, message } = toDocketError(error);
      return { code, message: `${code}: ${message}` };
    }
  }
});
