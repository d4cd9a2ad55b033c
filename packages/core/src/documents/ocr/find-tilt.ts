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

/** More are not looked at: while angles are far apart, and then. */
const MOST_POINTS = { coarse: 6_000, fine: 25_000 } as const;

/**
 * Projects ink onto a side of the page at several angles: along lines of text it falls together, with sharp edges between
 * (Postl's method). @param ink Pairs of x and y
 */
export function findTilt(
  ink: Uint16Array,
  { width, height }: { readonly width: number; readonly height: number },
): Tilt {
  if (ink.length < FEWEST_POINTS * 2) return { isSideways: false, tilt: 0 };
  const points = { coarse: thinOut(ink, MOST_POINTS.coarse), fine: thinOut(ink, MOST_POINTS.fine) };
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

interface Sharpness {
  readonly degrees: number;
  readonly sharpness: number;
}

function sharpest(points: Readonly<Record<keyof typeof MOST_POINTS, Uint16Array>>, projection: Projection): Sharpness {
  const near = sharpestNear(0, { reach: MOST_DEGREES, step: COARSE_STEP }, points.coarse, projection);
  return sharpestNear(near.degrees, { reach: COARSE_STEP, step: FINE_STEP }, points.fine, projection);
}

/** The sharpest of angles so far apart, so far to either side; of equals the one in the middle. */
function sharpestNear(
  middle: number,
  { reach, step }: { readonly reach: number; readonly step: number },
  points: Uint16Array,
  projection: Projection,
): Sharpness {
  let best = { degrees: middle, sharpness: sharpnessAt(points, middle, projection) };
  for (let degrees = middle - reach; degrees <= middle + reach + step / 2; degrees += step) {
    const sharpness = sharpnessAt(points, degrees, projection);
    if (sharpness > best.sharpness) best = { degrees, sharpness };
  }
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

function thinOut(ink: Uint16Array, most: number): Uint16Array {
  const step = Math.ceil(ink.length / 2 / most);
  if (step < 2) return ink;
  const kept = new Uint16Array(2 * Math.ceil(ink.length / 2 / step));
  for (let from = 0, to = 0; from < ink.length; from += 2 * step) {
    kept[to++] = ink[from] as number;
    kept[to++] = ink[from + 1] as number;
  }
  return kept;
}
