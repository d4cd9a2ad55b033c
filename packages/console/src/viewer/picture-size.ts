/** How large a picture is, in pixels. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** How many bytes {@link pictureSize} looks at: before the size in a JPEG there may be a small picture and colour profiles. */
export const SIZED_BYTES = 512 * 1024;

/** How large a PNG, GIF, WebP or JPEG is, by its first bytes; undefined: that is not said in them. */
export function pictureSize(head: Uint8Array): PictureSize | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  try {
    if (view.getUint32(0) === 0x89504e47) return { width: view.getUint32(16), height: view.getUint32(20) };
    if (view.getUint32(0) === 0x47494638) return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    if (view.getUint32(0) === 0x52494646 && view.getUint32(8) === 0x57454250) return sizeOfWebp(view);
    if (view.getUint16(0) === 0xffd8) return sizeOfJpeg(view);
  } catch {
    // It ends before its size.
  }
  return undefined;
}

/** RFC 9649, sections 2.5 to 2.7. */
function sizeOfWebp(view: DataView): PictureSize | undefined {
  const kind = view.getUint32(12);
  if (kind === 0x56503858) {
    const canvas = (at: number) => 1 + (view.getUint16(at, true) | (view.getUint8(at + 2) << 16));
    return { width: canvas(24), height: canvas(27) };
  }
  if (kind === 0x5650384c) {
    const bits = view.getUint32(21, true);
    return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
  }
  if (kind !== 0x56503820) return undefined;
  return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
}

/** From segment to segment, until the one of the frame (T.81, B.2.2). */
function sizeOfJpeg(view: DataView): PictureSize | undefined {
  for (let at = 2; ; at += 2 + view.getUint16(at + 2)) {
    if (view.getUint8(at) !== 0xff) return undefined;
    while (view.getUint8(at + 1) === 0xff) at++;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    if (marker === 0xd9 || marker === 0xda) return undefined;
  }
}
