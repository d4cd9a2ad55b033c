import { crc32, deflateSync } from 'node:zlib';
import type { PageImage } from './page-image.js';

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** Rows as they are, which text on white paper is packed well enough with. */
const NO_FILTER = 0;

/** Fast is better than small: it goes to a browser on this machine, mostly. */
const COMPRESSION_LEVEL = 3;

/** Writes a grey picture as PNG, with eight bits a pixel. Source: PNG specification, third edition, sections 5 and 11. */
export function encodePng({ width, height, pixels }: PageImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Bits a pixel; colour type grey, compression, filter and interlacing are 0.
  header[8] = 8;
  const rows = Buffer.alloc((width + 1) * height, NO_FILTER);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  const data = deflateSync(rows, { level: COMPRESSION_LEVEL });
  return Buffer.concat([SIGNATURE, chunk('IHDR', header), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}

function chunk(type: string, content: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), content]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
