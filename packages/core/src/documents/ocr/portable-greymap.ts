import type { PageImage } from '../page-image.js';

/** A picture in the PGM format (netpbm, `P5`), which every tesseract reads and which costs nothing to write. */
export function encodeGreymap({ width, height, pixels }: PageImage): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`, 'latin1'), pixels]);
}
