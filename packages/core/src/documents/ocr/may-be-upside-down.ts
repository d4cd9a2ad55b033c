import type { PageImage } from '../page-image.js';
import type { OcrText, OcrWord } from './ocr-engine.js';
import { lettersOf, wordsOf, worthOf } from './reading-worth.js';

/** One of so many strips of a page, of equal height, is looked at. */
const STRIPS = 3;

/** Fewer letters than these decide nothing. */
const FEWEST_LETTERS = 30;

/**
 * Whether a page that was read badly may stand on its head: the strip of it on which most was read is read once more, on its
 * head, for a third of what the page would take. Where no strip holds letters enough, it may.
 * @param read what was read of the picture as it is
 * @param recognise reads a picture in the same way
 */
export async function mayBeUpsideDown(
  image: PageImage,
  read: OcrText,
  recognise: (strip: PageImage) => Promise<OcrText>,
): Promise<boolean> {
  const height = Math.ceil(image.height / STRIPS);
  const strips: OcrWord[][] = Array.from({ length: STRIPS }, () => []);
  for (const word of wordsOf(read)) {
    strips[Math.min(STRIPS - 1, Math.floor((word.box.y + word.box.height / 2) / height))]?.push(word);
  }
  const [fullest] = [...strips.entries()].sort(([, one], [, other]) => lettersOf(other) - lettersOf(one));
  const [index, words] = fullest ?? [0, []];
  if (lettersOf(words) < FEWEST_LETTERS) return true;
  const onItsHead = await recognise(turnedStrip(image, index * height, height));
  return worthOf(wordsOf(onItsHead)) > worthOf(words);
}

/** Rows of a picture, turned by 180 degrees. */
function turnedStrip({ width, height, pixels }: PageImage, top: number, rows: number): PageImage {
  const bottom = Math.min(height, top + rows);
  // A copy, also of a Buffer, whose `slice` is none.
  const copy = Uint8Array.from(pixels.subarray(top * width, bottom * width));
  return { width, height: bottom - top, pixels: copy.reverse() };
}
