import { DocketError } from '../../errors.js';
import { assertPixelLimit, type PageImage } from '../page-image.js';

/** What the headers of a BMP say. */
export interface BitmapHeader {
  readonly width: number;
  readonly height: number;
  /** Whether the first row is the topmost; usually it is the lowest. */
  readonly isTopDown: boolean;
  readonly bitsPerPixel: number;
  readonly compression: number;
  /** Where pixels begin. */
  readonly offset: number;
  readonly palette: { readonly offset: number; readonly colours: number; readonly bytes: 3 | 4 };
  /** Which bits are red, green and blue, where 16 or 32 bits are a pixel. */
  readonly masks: readonly [number, number, number];
}

/** Kinds of compression that are read: none, and none with masks of its own. */
const PLAIN = 0;
const RUN_LENGTH_8 = 1;
const BIT_FIELDS = 3;

const FILE_HEADER_BYTES = 14;
const OLD_INFO_BYTES = 12;

/**
 * Reads the headers of a BMP, of OS/2 or Windows.
 * @throws DocketError `document.corrupt`, `document.unsupported_type`, `document.too_large`
 */
export function readBitmapHeader(bytes: Uint8Array): BitmapHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < FILE_HEADER_BYTES + OLD_INFO_BYTES) throw damaged('it ends in its header');
  const infoBytes = view.getUint32(14, true);
  const isOld = infoBytes === OLD_INFO_BYTES;
  if (!isOld && (infoBytes < 40 || bytes.length < FILE_HEADER_BYTES + 40)) throw damaged('its header is none');
  const width = isOld ? view.getUint16(18, true) : view.getInt32(18, true);
  const signedHeight = isOld ? view.getUint16(20, true) : view.getInt32(22, true);
  const height = Math.abs(signedHeight);
  if (width < 1 || height < 1) throw damaged('it has no pixels');
  assertPixelLimit(width, height);
  const bitsPerPixel = view.getUint16(isOld ? 24 : 28, true);
  const compression = isOld ? PLAIN : view.getUint32(30, true);
  const isKnown = [PLAIN, BIT_FIELDS].includes(compression) || (compression === RUN_LENGTH_8 && bitsPerPixel === 8);
  if (!isKnown || ![1, 4, 8, 16, 24, 32].includes(bitsPerPixel)) throw unknownKind(bitsPerPixel, compression);
  const colours = isOld ? 0 : view.getUint32(46, true);
  const masksInside = compression === BIT_FIELDS && infoBytes === 40 ? 12 : 0;
  return {
    width,
    height,
    isTopDown: signedHeight < 0,
    bitsPerPixel,
    compression,
    offset: view.getUint32(10, true),
    palette: {
      offset: FILE_HEADER_BYTES + infoBytes + masksInside,
      colours: Math.min(colours || 256, 2 ** Math.min(8, bitsPerPixel)),
      bytes: isOld ? 3 : 4,
    },
    masks:
      compression === BIT_FIELDS
        ? masksOf(view)
        : bitsPerPixel === 16
          ? [0x7c00, 0x3e0, 0x1f]
          : [0xff0000, 0xff00, 0xff],
  };
}

/**
 * Decodes a BMP to grey.
 * @throws DocketError `document.corrupt`, `document.unsupported_type`, `document.too_large`
 */
export function decodeBitmap(bytes: Uint8Array): PageImage {
  const header = readBitmapHeader(bytes);
  const { width, height, isTopDown, bitsPerPixel, offset, compression } = header;
  const palette = paletteOf(bytes, header);
  const stored = compression === RUN_LENGTH_8 ? unpack(bytes.subarray(offset), width, height) : undefined;
  const rows = stored ?? bytes.subarray(offset);
  const stride = stored ? width : Math.ceil((width * bitsPerPixel) / 32) * 4;
  if (rows.length < stride * (height - 1) + Math.ceil((width * bitsPerPixel) / 8))
    throw damaged('it ends in its pixels');
  const pixels = new Uint8Array(width * height);
  const read = pixelReader(rows, header, palette);
  for (let y = 0; y < height; y++) {
    const row = (isTopDown ? y : height - 1 - y) * stride;
    for (let x = 0; x < width; x++) pixels[y * width + x] = read(row, x);
  }
  return { width, height, pixels };
}

function pixelReader(rows: Uint8Array, { bitsPerPixel, masks }: BitmapHeader, palette: Uint8Array) {
  const at = (index: number) => rows[index] ?? 0;
  switch (bitsPerPixel) {
    case 24:
      return (row: number, x: number) => luminance(at(row + x * 3 + 2), at(row + x * 3 + 1), at(row + x * 3));
    case 16:
    case 32: {
      const size = bitsPerPixel / 8;
      const [red, green, blue] = masks.map(channelOf) as [Channel, Channel, Channel];
      return (row: number, x: number) => {
        let value = 0;
        for (let byte = size - 1; byte >= 0; byte--) value = value * 256 + at(row + x * size + byte);
        return luminance(red(value), green(value), blue(value));
      };
    }
    default: {
      const perByte = 8 / bitsPerPixel;
      const mask = 2 ** bitsPerPixel - 1;
      return (row: number, x: number) => {
        const shift = (perByte - 1 - (x % perByte)) * bitsPerPixel;
        return palette[(at(row + Math.floor(x / perByte)) >> shift) & mask] ?? 0;
      };
    }
  }
}

type Channel = (value: number) => number;

/** Takes the bits of a mask out of a pixel, as 0 to 255. */
function channelOf(mask: number): Channel {
  if (mask === 0) return () => 0;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (value) => Math.round((((value & mask) >>> shift) * 255) / most);
}

function luminance(red: number, green: number, blue: number): number {
  return Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

/** Greys of the colours. */
function paletteOf(bytes: Uint8Array, { bitsPerPixel, palette: { offset, colours, bytes: size } }: BitmapHeader) {
  const greys = new Uint8Array(256);
  if (bitsPerPixel > 8) return greys;
  for (let index = 0; index < colours; index++) {
    const [blue = 0, green = 0, red = 0] = bytes.subarray(offset + index * size, offset + index * size + 3);
    greys[index] = luminance(red, green, blue);
  }
  return greys;
}

function masksOf(view: DataView): readonly [number, number, number] {
  if (view.byteLength < 66) throw damaged('it ends in its header');
  return [view.getUint32(54, true), view.getUint32(58, true), view.getUint32(62, true)];
}

/** Undoes run-length encoding (`BI_RLE8`): a byte a pixel, rows without padding. */
function unpack(packed: Uint8Array, width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height);
  let [x, y, index] = [0, 0, 0];
  const put = (value: number) => {
    if (x < width && y < height) pixels[y * width + x] = value;
    x++;
  };
  while (index + 1 < packed.length && y < height) {
    const [count, value] = [packed[index++] as number, packed[index++] as number];
    if (count > 0) for (let repeat = 0; repeat < count; repeat++) put(value);
    else if (value === 0) [x, y] = [0, y + 1];
    else if (value === 1) return pixels;
    else if (value === 2) [x, y] = [x + (packed[index++] ?? 0), y + (packed[index++] ?? 0)];
    else {
      for (let single = 0; single < value; single++) put(packed[index++] ?? 0);
      index += value % 2;
    }
  }
  return pixels;
}

function damaged(why: string): DocketError {
  return new DocketError('document.corrupt', `the BMP cannot be read (${why}); get a fresh copy of it`);
}

function unknownKind(bits: number, compression: number): DocketError {
  const message = `this is a BMP of a rare kind (${bits} bits a pixel, compression ${compression}); save it as PNG`;
  return new DocketError('document.unsupported_type', message);
}
