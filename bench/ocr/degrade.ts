import type { PageImage } from '../../packages/core/src/documents/page-image.js';
import { photograph, pipelineOf } from '../../packages/core/src/documents/testing/scans.js';

/** What is done to a clean page, to have it as scanners, faxes and telephones give it. */
interface Damage {
  /** Pixels that the page is rendered with: 1.4 million of A4 are 120 dots per inch. */
  readonly pixels: number;
  /** Of a Gaussian blur, in pixels. */
  readonly blur: number;
  /** Standard deviation of the grain, of 255. */
  readonly grain: number;
  readonly jpegQuality: number;
  /** Degrees, clockwise. */
  readonly tilt: number;
  /** Whether it is taken as with a telephone: perspective, shadow, a dark rim. */
  readonly isPhoto?: boolean;
}

/** Kinds of damage, from next to none to hardly readable. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  scan: { pixels: 2_000_000, blur: 0.5, grain: 4, jpegQuality: 75, tilt: 0.6 },
  photo: { pixels: 1_800_000, blur: 0.9, grain: 6, jpegQuality: 70, tilt: 0, isPhoto: true },
  fax: { pixels: 1_100_000, blur: 0.6, grain: 10, jpegQuality: 50, tilt: 1.2 },
  poor: { pixels: 800_000, blur: 0.7, grain: 12, jpegQuality: 45, tilt: -1.5 },
};

/** A page as such a device gives it. The same page and seed give the same pixels. */
export async function degrade(page: PageImage, damage: Damage, seed: number): Promise<Buffer> {
  const placed = damage.isPhoto ? photograph(page) : page;
  const soft = (await pipelineOf(placed)).rotate(damage.tilt, { background: '#fff' }).blur(damage.blur);
  const { data, info } = await soft.toColourspace('b-w').raw().toBuffer({ resolveWithObject: true });
  const random = randomOf(seed);
  const pixels = new Uint8Array(info.width * info.height);
  for (let index = 0; index < pixels.length; index++) {
    // Three uniform numbers together are near enough to a normal one.
    const noise = (random() + random() + random() - 1.5) * 2 * damage.grain;
    pixels[index] = Math.max(0, Math.min(255, (data[index * info.channels] as number) + noise));
  }
  const { width, height } = info;
  return await (await pipelineOf({ width, height, pixels })).jpeg({ quality: damage.jpegQuality }).toBuffer();
}

/** Mulberry32: the numbers of a seed, 0 to 1. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
