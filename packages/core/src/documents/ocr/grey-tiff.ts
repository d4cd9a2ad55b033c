import type { PageImage } from '../page-image.js';

/** Types of fields. */
const SHORT = 3;
const LONG = 4;

const UNCOMPRESSED = 1;
const BLACK_IS_ZERO = 1;

const HEADER_BYTES = 8;
const FIELD_BYTES = 12;
const FIELDS = 9;
const PIXELS_AT = HEADER_BYTES + 2 + FIELDS * FIELD_BYTES + 4;

/**
 * A picture as a TIFF of one strip, its pixels as they are: of what every tesseract reads, what it is quickest with (a PGM it
 * takes byte by byte). The bytes have a buffer of their own, so that they can be handed to a thread.
 */
export function encodeGreyTiff({ width, height, pixels }: PageImage): Uint8Array<ArrayBuffer> {
  const file = new Uint8Array(PIXELS_AT + pixels.length);
  const view = new DataView(file.buffer);
  file.set([0x49, 0x49, 42, 0, HEADER_BYTES]);
  writeFields(view, [
    { tag: 'ImageWidth', id: 256, type: LONG, value: width },
    { tag: 'ImageLength', id: 257, type: LONG, value: height },
    { tag: 'BitsPerSample', id: 258, type: SHORT, value: 8 },
    { tag: 'Compression', id: 259, type: SHORT, value: UNCOMPRESSED },
    { tag: 'PhotometricInterpretation', id: 262, type: SHORT, value: BLACK_IS_ZERO },
    { tag: 'StripOffsets', id: 273, type: LONG, value: PIXELS_AT },
    { tag: 'SamplesPerPixel', id: 277, type: SHORT, value: 1 },
    { tag: 'RowsPerStrip', id: 278, type: LONG, value: height },
    { tag: 'StripByteCounts', id: 279, type: LONG, value: pixels.length },
  ]);
  file.set(pixels, PIXELS_AT);
  return file;
}

interface Field {
  /** By its name in TIFF 6.0, in the order of ids. */
  readonly tag: string;
  readonly id: number;
  readonly type: number;
  readonly value: number;
}

function writeFields(view: DataView, fields: readonly Field[]): void {
  view.setUint16(HEADER_BYTES, fields.length, true);
  for (const [index, { id, type, value }] of fields.entries()) {
    const at = HEADER_BYTES + 2 + index * FIELD_BYTES;
    view.setUint16(at, id, true);
    view.setUint16(at + 2, type, true);
    view.setUint32(at + 4, 1, true);
    // The least byte comes first: a short one lies where it should.
    view.setUint32(at + 8, value, true);
  }
}
