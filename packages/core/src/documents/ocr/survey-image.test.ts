import { describe, expect, it } from 'vitest';
import type { PageImage } from '../page-image.js';
import { pipelineOf, scanOf, whyNoOcr } from '../testing/scans.js';
import { evenOut } from './image-background.js';
import { greyPixels } from './prepare-image.js';
import { invert, surveyImage } from './survey-image.js';

const missing = await whyNoOcr();
const [WIDTH, HEIGHT] = [700, 1000];

/** Lines of short strokes, as print is from afar. */
function lines(): PageImage {
  const pixels = new Uint8Array(WIDTH * HEIGHT);
  for (let y = 0; y < HEIGHT; y++) {
    for (let x = 0; x < WIDTH; x++) {
      // No line's strokes stand under those of the one above.
      const stroke = (x + Math.floor(y / 30) * 38) % 9;
      const isPrinted = x > 80 && x < 620 && y > 80 && y < 920;
      const isInk = isPrinted && y % 30 < 10 && stroke < 4;
      pixels[y * WIDTH + x] = isInk ? 20 : 240;
    }
  }
  return { width: WIDTH, height: HEIGHT, pixels };
}

function sideways({ width, height, pixels }: PageImage): PageImage {
  const turned = new Uint8Array(pixels.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) turned[x * height + y] = pixels[y * width + x] as number;
  }
  return { width: height, height: width, pixels: turned };
}

describe('surveyImage', () => {
  it('asks for nothing where a page is clean and straight', () => {
    expect(surveyImage(lines())).toEqual({
      isBlank: false,
      isInverted: false,
      shadows: undefined,
      isSideways: false,
      tilt: 0,
    });
  });

  it.skipIf(missing).each([-6, -1.5, 2, 6])('finds how far a page leans: %d degrees', async (degrees) => {
    const { image } = await scanOf('invoice-1p.pdf');
    const leaning = (await pipelineOf(image)).rotate(degrees, { background: '#fff' });
    expect(surveyImage(await greyPixels(leaning)).tilt).toBeCloseTo(degrees, 0);
  });

  it('sees lines that run upwards', () => {
    expect(surveyImage(sideways(lines())).isSideways).toBe(true);
  });

  it('sees light print on a dark ground', () => {
    expect(surveyImage(invert(lines()))).toMatchObject({ isInverted: true, isBlank: false });
  });

  it('sees that there is nothing', () => {
    const blank = { width: 400, height: 400, pixels: new Uint8Array(160_000).fill(250) };
    expect(surveyImage(blank)).toMatchObject({ isBlank: true, isSideways: false, tilt: 0 });
  });

  it('sees a shadow, and its light can be evened out', () => {
    const page = lines();
    const pixels = page.pixels.map((value, index) => value * (0.35 + (0.65 * (index % WIDTH)) / WIDTH));
    const shaded = { ...page, pixels };
    const { shadows } = surveyImage(shaded);
    expect(shadows).toBeDefined();
    const even = shadows && evenOut(shaded, shadows);
    const [left, right] = [even?.pixels[40 * WIDTH + 40] ?? 0, even?.pixels[40 * WIDTH + 660] ?? 0];
    expect(Math.abs(left - right)).toBeLessThan(30);
    expect(left).toBeGreaterThan(215);
  });
});
