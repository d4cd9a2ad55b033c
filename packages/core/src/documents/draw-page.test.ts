import { describe, expect, it } from 'vitest';
import { fixture } from '../testing/fixtures.js';
import { drawPage } from './draw-page.js';
import { encodePng } from './encode-png.js';
import { DEFAULT_LIMITS } from './limits.js';
import { loadSharp } from './ocr/load-optional.js';

const sharp = await loadSharp().catch(() => undefined);
const skipped = sharp ? '' : ' (skipped: sharp is not installed)';

const draw = (document: string | Uint8Array, page = 1, longestSide = 300) =>
  drawPage({ document, page, longestSide, limits: DEFAULT_LIMITS });

const sizeOf = (png: Uint8Array) => {
  const view = new DataView(png.buffer, png.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
};

describe('drawPage', () => {
  it('draws a page of a PDF, as large as asked for', async () => {
    const png = await draw(fixture('documents/contract-3p.pdf'), 3);
    expect(Buffer.from(png).subarray(1, 4).toString()).toBe('PNG');
    expect(Math.max(...sizeOf(png))).toBe(300);
  });

  it('says which pages there are, and what has none to draw', async () => {
    await expect(draw(fixture('documents/contract-3p.pdf'), 4)).rejects.toMatchObject({
      code: 'document.no_pages_selected',
    });
    await expect(draw(fixture('documents/minutes.txt'))).rejects.toMatchObject({ code: 'document.unsupported_type' });
    await expect(draw(Buffer.from('%PDF-1.7 and no more'))).rejects.toMatchObject({ code: 'document.corrupt' });
  });

  it.skipIf(!sharp)(
    `draws pictures in their colours, the wanted page of a TIFF, never larger than they are${skipped}`,
    async () => {
      const picture = { create: { width: 40, height: 20, channels: 3, background: '#c00' } } as const;
      const tiff = await sharp?.(picture).tiff({ compression: 'lzw' }).toBuffer();
      const png = await draw(tiff ?? new Uint8Array());
      expect(sizeOf(png)).toEqual([40, 20]);
      const { data, info } = (await sharp?.(png).raw().toBuffer({ resolveWithObject: true })) ?? {};
      expect([info?.channels, ...(data?.subarray(0, 3) ?? [])]).toEqual([3, 0xcc, 0, 0]);
      expect(sizeOf(await draw(tiff ?? new Uint8Array(), 1, 20))).toEqual([20, 10]);
    },
  );
});

describe('encodePng', () => {
  it.skipIf(!sharp)(`writes what other programs read${skipped}`, async () => {
    const pixels = Uint8Array.from({ length: 15 }, (_, index) => index * 17);
    const { data, info } =
      (await sharp?.(encodePng({ width: 5, height: 3, pixels }))
        .raw()
        .toBuffer({ resolveWithObject: true })) ?? {};
    expect([info?.width, info?.height]).toEqual([5, 3]);
    const channels = info?.channels ?? 1;
    expect(Uint8Array.from(pixels, (_, index) => data?.[index * channels] ?? 0)).toEqual(pixels);
  });
});
