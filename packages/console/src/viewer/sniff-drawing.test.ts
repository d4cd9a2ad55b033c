import { expect, test } from 'vitest';
import { sniffDrawing } from './sniff-drawing.js';

test.each([
  ['%PDF-1.7', 'pdf'],
  [`${' '.repeat(900)}%PDF-1.4`, 'pdf'],
  ['\x89PNG\r\n\x1a\n', 'image'],
  ['\xff\xd8\xff\xe0', 'image'],
  ['GIF89a', 'image'],
  ['RIFF....WEBPVP8 ', 'image'],
  ['II*\0', undefined],
  ['<html>', undefined],
  ['RIFF....WAVE', undefined],
  ['', undefined],
])('%j is %s', (text, expected) => {
  expect(sniffDrawing(Uint8Array.from(text, (character) => character.charCodeAt(0)))).toBe(expected);
});
