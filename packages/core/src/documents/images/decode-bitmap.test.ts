import { describe, expect, it } from 'vitest';
import { decodeBitmap } from './decode-bitmap.js';

interface Made {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly rows: readonly number[];
  readonly compression?: number;
  readonly palette?: readonly number[];
  readonly masks?: readonly number[];
}

function bitmap({ width, height, bits, rows, compression = 0, palette = [], masks = [] }: Made): Buffer {
  const offset = 54 + masks.length * 4 + palette.length;
  const head = Buffer.alloc(54);
  head.write('BM', 0, 'latin1');
  head.writeUInt32LE(offset + rows.length, 2);
  head.writeUInt32LE(offset, 10);
  head.writeUInt32LE(40, 14);
  head.writeInt32LE(width, 18);
  head.writeInt32LE(height, 22);
  head.writeUInt16LE(1, 26);
  head.writeUInt16LE(bits, 28);
  head.writeUInt32LE(compression, 30);
  head.writeUInt32LE(palette.length / 4, 46);
  const words = Buffer.alloc(masks.length * 4);
  for (const [index, mask] of masks.entries()) words.writeUInt32LE(mask, index * 4);
  return Buffer.concat([head, words, Buffer.from(palette), Buffer.from(rows)]);
}

const pixelsOf = (made: Made) => [...decodeBitmap(bitmap(made)).pixels];
const BLACK_AND_WHITE = [0, 0, 0, 0, 255, 255, 255, 0];

describe('decodeBitmap', () => {
  it('reads 24 bits a pixel, lowest row first, rows filled up', () => {
    const rows = [0, 0, 0, 255, 255, 255, 0, 0, 255, 255, 255, 0, 0, 0, 0, 0];
    expect(pixelsOf({ width: 2, height: 2, bits: 24, rows })).toEqual([255, 0, 0, 255].map(() => expect.any(Number)));
    expect(pixelsOf({ width: 2, height: 2, bits: 24, rows }).slice(2)).toEqual([0, 255]);
  });

  it('reads the topmost row first where the height is negative', () => {
    const rows = [0, 0, 0, 0, 255, 255, 255, 0];
    expect(pixelsOf({ width: 1, height: -2, bits: 24, rows })).toEqual([0, 255]);
    expect(pixelsOf({ width: 1, height: 2, bits: 24, rows })).toEqual([255, 0]);
  });

  it('reads one, four and eight bits a pixel through the palette', () => {
    expect(pixelsOf({ width: 3, height: 1, bits: 1, palette: BLACK_AND_WHITE, rows: [0b01000000, 0, 0, 0] })).toEqual([
      0, 255, 0,
    ]);
    expect(pixelsOf({ width: 3, height: 1, bits: 4, palette: BLACK_AND_WHITE, rows: [0x10, 0x10, 0, 0] })).toEqual([
      255, 0, 255,
    ]);
    expect(pixelsOf({ width: 2, height: 1, bits: 8, palette: BLACK_AND_WHITE, rows: [1, 0, 0, 0] })).toEqual([255, 0]);
  });

  it('reads 16 and 32 bits a pixel by their masks', () => {
    expect(pixelsOf({ width: 2, height: 1, bits: 16, rows: [0xff, 0x7f, 0, 0] })).toEqual([255, 0]);
    const masks = [0xff, 0xff00, 0xff0000];
    expect(pixelsOf({ width: 1, height: 1, bits: 32, compression: 3, masks, rows: [255, 255, 255, 0] })).toEqual([255]);
  });

  it('undoes run lengths', () => {
    const rows = [3, 1, 0, 0, 1, 0, 0, 3, 1, 0, 1, 0, 0, 1];
    const made = { width: 3, height: 2, bits: 8, compression: 1, palette: BLACK_AND_WHITE, rows };
    expect(pixelsOf(made).slice(3)).toEqual([255, 255, 255]);
  });

  it.each([
    ['no pixels', { width: 0, height: 4, bits: 24, rows: [] }, 'document.corrupt'],
    ['fewer pixels than it says', { width: 100, height: 100, bits: 24, rows: [1, 2, 3] }, 'document.corrupt'],
    ['more pixels than are allowed', { width: 20_000, height: 20_000, bits: 1, rows: [] }, 'document.too_large'],
    [
      'a picture of another kind inside',
      { width: 4, height: 4, bits: 24, compression: 4, rows: [] },
      'document.unsupported_type',
    ],
  ])('refuses %s', (_, made, code) => {
    expect(() => decodeBitmap(bitmap(made))).toThrow(expect.objectContaining({ code }));
  });

  it('refuses what ends in its header', () => {
    expect(() => decodeBitmap(Buffer.from('BM'))).toThrow(expect.objectContaining({ code: 'document.corrupt' }));
  });
});
