import { deflateSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSharp } from '../ocr/load-optional.js';
import { readDocument } from '../read-document.js';
import { TEST_LIMITS } from '../testing/read-text.js';
import { whyNoOcr } from '../testing/scans.js';
import type { ImageFormat } from './image-formats.js';
import { imageReader } from './image-reader.js';

const missing = await whyNoOcr();

/** A PNG that says it has so many pixels, and has none. */
function pngThatSays(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(data.length);
    head.write(name, 4, 'latin1');
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc(Buffer.concat([head.subarray(4), data])));
    return Buffer.concat([head, data, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width);
  header.writeUInt32BE(height, 4);
  header[8] = 1;
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(9))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function crc(bytes: Buffer): number {
  let sum = -1;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}

describe.skipIf(missing)(`imageReader${missing ? ` (${missing})` : ''}`, () => {
  let sharp: Awaited<ReturnType<typeof loadSharp>>;
  beforeAll(async () => {
    sharp = await loadSharp();
  });

  /** Dark on the left, light on the right. */
  const halves = () => {
    const pixels = new Uint8Array(120 * 80 * 3).map((_, index) => (Math.floor(index / 3) % 120 < 60 ? 0 : 255));
    return sharp(pixels, { raw: { width: 120, height: 80, channels: 3 } });
  };
  const render = async (format: ImageFormat, bytes: Uint8Array, page = 1) => {
    await using document = await imageReader(format).open(bytes, { limits: TEST_LIMITS });
    const image = await document.renderPage?.(page, { pixels: 1e6 });
    return { ...(image ?? { width: 0, height: 0, pixels: new Uint8Array() }), pageCount: document.pageCount };
  };

  it.each(['png', 'jpeg', 'webp', 'gif', 'tiff'] as const)('gives the grey pixels of a %s', async (format) => {
    const { width, height, pixels, pageCount } = await render(format, await halves().toFormat(format).toBuffer());
    expect([width, height, pageCount]).toEqual([120, 80, 1]);
    expect(pixels).toHaveLength(120 * 80);
    expect(pixels[10]).toBeLessThan(30);
    expect(pixels[110]).toBeGreaterThan(225);
  });

  it('turns a photo upright as its camera says', async () => {
    const turned = await halves().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const { width, height, pixels } = await render('jpeg', turned);
    expect([width, height]).toEqual([80, 120]);
    expect(pixels[5 * 80 + 40]).toBeLessThan(30);
    expect(pixels[115 * 80 + 40]).toBeGreaterThan(225);
  });

  it('takes CMYK, 16 bits and transparent grounds', async () => {
    const cmyk = await render('jpeg', await halves().toColourspace('cmyk').jpeg().toBuffer());
    const deep = await render('png', await halves().toColourspace('rgb16').png().toBuffer());
    const clear = sharp({
      create: { width: 120, height: 80, channels: 4, background: { r: 0, g: 0, b: 0, alpha: 0 } },
    });
    expect((cmyk.pixels[10] ?? 255) < 60 && (cmyk.pixels[110] ?? 0) > 200).toBe(true);
    expect((deep.pixels[10] ?? 255) < 30 && (deep.pixels[110] ?? 0) > 225).toBe(true);
    expect((await render('png', await clear.png().toBuffer())).pixels[10]).toBe(255);
  });

  it('shows the first frame of what moves, and every page of a TIFF', async () => {
    const frames = await Promise.all(
      [0, 255].map((grey) => {
        return sharp({ create: { width: 40, height: 40, channels: 3, background: { r: grey, g: grey, b: grey } } })
          .png()
          .toBuffer();
      }),
    );
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const paged = await sharp(frames, { join: { animated: true } })
      .tiff()
      .toBuffer();
    const first = await render('gif', moving);
    expect([first.pageCount, first.height, first.pixels[0]]).toEqual([1, 40, 0]);
    const pages = await render('tiff', paged, 2);
    expect([pages.pageCount, pages.height, pages.pixels[0]]).toEqual([2, 40, 255]);
  });

  it('refuses too many pixels by the header, before anything is decoded', async () => {
    const bomb = { bytes: pngThatSays(20_000, 20_000), name: 'bomb.png' };
    const before = process.memoryUsage().rss;
    await expect(readDocument(bomb)).rejects.toMatchObject({ code: 'document.too_large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(100e6);
  });

  it.each([
    ['zero pixels', async () => pngThatSays(0, 10)],
    ['fewer rows than it says', async () => pngThatSays(500, 500)],
    ['a JPEG that is cut off', async () => (await halves().resize(900, 600).jpeg().toBuffer()).subarray(0, 700)],
    ['a header alone', async () => Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex')],
  ])('calls a picture damaged: %s', async (_, bytes) => {
    await expect(readDocument({ bytes: await bytes(), name: 'x.png' })).rejects.toMatchObject({
      code: 'document.corrupt',
    });
  });

  it('says that a picture needs OCR when that is off', async () => {
    const bytes = await halves().png().toBuffer();
    await expect(readDocument({ bytes, name: 'x.png' }, { ocr: 'off' })).rejects.toMatchObject({
      code: 'document.no_text',
      message: expect.stringMatching(/ocr is off/),
    });
  });
});
