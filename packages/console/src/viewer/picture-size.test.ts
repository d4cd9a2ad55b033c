import { expect, test } from 'vitest';
import { pictureSize } from './picture-size.js';

const bytes = (...parts: (string | number[])[]) =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...part].map((one) => one.charCodeAt(0)) : part)),
  );
const webp = (...rest: (string | number[])[]) => bytes('RIFF', [0, 0, 0, 0], 'WEBP', ...rest);

test.each([
  ['PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 1, 0, 0, 0, 0, 255, 255]), [65536, 65535]],
  ['GIF', bytes('GIF89a', [0x40, 0x01, 0xf0, 0x00]), [320, 240]],
  ['WebP with a canvas', webp('VP8X', [10, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0, 0x0f, 0, 0]), [65536, 16]],
  ['WebP without loss', webp('VP8L', [0, 0, 0, 0, 0x2f, 0x63, 0xc0, 0x18, 0]), [100, 100]],
  ['WebP', webp('VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 100, 0, 50, 0]), [100, 50]],
  [
    'JPEG behind another segment',
    bytes([0xff, 0xd8, 0xff, 0xe1, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 11, 8, 1, 0, 2, 0]),
    [512, 256],
  ],
])('%s says its size at its start', (_, head, [width, height]) => {
  expect(pictureSize(head)).toEqual({ width, height });
});

test.each([
  ['nothing', bytes('')],
  ['half a PNG', bytes('\x89PNG\r\n\x1a\n', [0, 0])],
  ['a JPEG without a frame', bytes([0xff, 0xd8, 0xff, 0xd9])],
  ['a JPEG that is cut', bytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff])],
  ['text', bytes('a text that is long enough for a size')],
])('%s has no size', (_, head) => {
  expect(pictureSize(head)).toBeUndefined();
});
