/** How lines of text lie. */
export interface Tilt {
  /** They run upwards or downwards. */
  readonly isSideways: boolean;
  /** Degrees, clockwise, by which they lean once they run across. */
  readonly tilt: number;
}

/** Leaning further than this is not what a feeder or a hand does to paper. */
const MOST_DEGREES = 8;
const COARSE_STEP = 0.5;
const FINE_STEP = 0.1;

/** Tesseract copes with less. */
const LEAST_DEGREES = 0.4;

/** How much sharper lines must be the other way. */
const SIDEWAYS_FACTOR = 1.4;

/** Fewer points of ink than this tell nothing. */
const FEWEST_POINTS = 300;

/** Of places, so that a picture of a few thousand pixels and all that is reckoned with fits into 32 bits. */
const FRACTION_BITS = 16;

/** More are not looked at. */
const MOST_POINTS = 25_000;

/**
 * Projects ink onto a side of the page at several angles: along lines of text it falls together, with sharp edges between
 * (Postl's method). @param ink Pairs of x and y
 */
export function findTilt(
  ink: Uint16Array,
  { width, height }: { readonly width: number; readonly height: number },
): Tilt {
  if (ink.length < FEWEST_POINTS * 2) return { isSideways: false, tilt: 0 };
  const points = thinOut(ink);
  const across = sharpest(points, { length: height, breadth: width, swapped: false });
  const upwards = sharpest(points, { length: width, breadth: height, swapped: true });
  const isSideways = upwards.sharpness > across.sharpness * SIDEWAYS_FACTOR;
  // Swapping x and y mirrors the page, so its angles run the other way round.
  const degrees = isSideways ? -upwards.degrees : across.degrees;
  return { isSideways, tilt: Math.abs(degrees) < LEAST_DEGREES ? 0 : degrees };
}

interface Projection {
  readonly length: number;
  readonly breadth: number;
  /** Onto the other side. */
  readonly swapped: boolean;
}

function sharpest(points: Uint16Array, projection: Projection) {
  let best = { degrees: 0, sharpness: sharpnessAt(points, 0, projection) };
  const tryAngles = (middle: number, reach: number, step: number) => {
    for (let degrees = middle - reach; degrees <= middle + reach + step / 2; degrees += step) {
      const sharpness = sharpnessAt(points, degrees, projection);
      if (sharpness > best.sharpness) best = { degrees, sharpness };
    }
  };
  tryAngles(0, MOST_DEGREES, COARSE_STEP);
  tryAngles(best.degrees, COARSE_STEP, FINE_STEP);
  return best;
}

function sharpnessAt(points: Uint16Array, degrees: number, { length, breadth, swapped }: Projection): number {
  const slope = Math.tan((degrees * Math.PI) / 180);
  const margin = Math.ceil(Math.abs(slope) * breadth) + 1;
  const counts = new Int32Array(length + 2 * margin);
  const [along, onto] = swapped ? [1, 0] : [0, 1];
  // In whole numbers: this is what the survey of a picture spends most of its time on.
  const [unit, half] = [2 ** FRACTION_BITS, 2 ** (FRACTION_BITS - 1)];
  const fall = Math.round(slope * unit);
  const start = margin * unit + half;
  for (let index = 0; index < points.length; index += 2) {
    const fallen = (points[index + along] as number) * fall;
    const place = ((points[index + onto] as number) * unit + start - fallen) >> FRACTION_BITS;
    counts[place] = (counts[place] as number) + 1;
  }
  let sum = 0;
  for (let index = 1; index < counts.length; index++) {
    sum += ((counts[index] as number) - (counts[index - 1] as number)) ** 2;
  }
  return sum;
}

function thinOut(ink: Uint16Array): Uint16Array {
  const step = Math.ceil(ink.length / 2 / MOST_POINTS);
  if (step < 2) return ink;
  const kept: number[] = [];
  for (let index = 0; index < ink.length; index += 2 * step) {
    kept.push(ink[index] as number, ink[index + 1] as number);
  }
  return Uint16Array.from(kept);
}
