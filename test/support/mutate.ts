import { unzipSync, zipSync } from 'fflate';
import { below, pick, type Random } from './random.js';

/** A document that was damaged, and how: enough to make it again. */
export interface Mutant {
  readonly bytes: Buffer;
  readonly changes: readonly string[];
}

/** One change of some bytes. */
type Change = (bytes: Buffer, random: Random) => Mutant | undefined;

const MOST_CHANGES = 12;
/** To so many bytes a piece is repeated: enough to show what takes more than linear time. */
const REPEATED_BYTES = 100_000;
const NUMBERS_AT_EDGES = ['0', '-1', '2147483648', '4294967295', '9007199254740993', '1e309', '99999999999999999999'];

/** How often each kind of change is made, of 100. */
const CHANGES: readonly (readonly [share: number, change: Change])[] = [
  [34, flipBit],
  [18, cut],
  [18, insert],
  [15, repeat],
  [8, changeNumber],
  [4, repeatOften],
  [3, truncate],
];

/** Flips, cuts out, inserts, repeats and truncates bytes at random places, and puts other numbers where numbers are. */
export function mutate(original: Buffer, random: Random): Mutant {
  let bytes: Buffer = Buffer.from(original);
  const changes: string[] = [];
  for (let count = 1 + below(MOST_CHANGES, random); count > 0 && bytes.length > 1; count--) {
    const mutant = pickChange(random)(bytes, random);
    if (!mutant) continue;
    bytes = mutant.bytes;
    changes.push(...mutant.changes);
  }
  return { bytes, changes };
}

/** Damages one part of a ZIP archive, which as an archive stays sound. */
export function mutateInside(archive: Buffer, random: Random): Mutant {
  const parts = unzipSync(archive);
  const name = pick(
    Object.keys(parts).filter((name) => (parts[name]?.length ?? 0) > 0),
    random,
  );
  const { bytes, changes } = mutate(Buffer.from(parts[name] ?? []), random);
  return { bytes: Buffer.from(zipSync({ ...parts, [name]: bytes })), changes: [`in ${name}`, ...changes] };
}

function pickChange(random: Random): Change {
  let left = below(100, random);
  for (const [share, change] of CHANGES) {
    left -= share;
    if (left < 0) return change;
  }
  return truncate;
}

/** A random place: what is before it, a few bytes there, what is behind those. */
function split(bytes: Buffer, random: Random) {
  const at = below(bytes.length, random);
  const length = 1 + below(Math.min(64, bytes.length - at), random);
  const [before, hit, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  return { at, length, before, hit, after };
}

function flipBit(bytes: Buffer, random: Random): Mutant {
  const at = below(bytes.length, random);
  const bit = 1 << below(8, random);
  const flipped = Buffer.from(bytes);
  flipped[at] = (flipped[at] ?? 0) ^ bit;
  return { bytes: flipped, changes: [`flip ${bit} at ${at}`] };
}

function cut(bytes: Buffer, random: Random): Mutant {
  const { at, length, before, after } = split(bytes, random);
  return { bytes: Buffer.concat([before, after]), changes: [`cut ${length} at ${at}`] };
}

function insert(bytes: Buffer, random: Random): Mutant {
  const { at, length, before, hit, after } = split(bytes, random);
  const noise = Buffer.from(Array.from({ length }, () => below(256, random)));
  return { bytes: Buffer.concat([before, noise, hit, after]), changes: [`insert ${noise.toString('hex')} at ${at}`] };
}

function repeat(bytes: Buffer, random: Random): Mutant {
  const { at, length, before, hit, after } = split(bytes, random);
  return { bytes: Buffer.concat([before, hit, hit, after]), changes: [`repeat ${length} at ${at}`] };
}

function repeatOften(bytes: Buffer, random: Random): Mutant {
  const { at, length, before, hit, after } = split(bytes, random);
  const times = Math.ceil(REPEATED_BYTES / length);
  return {
    bytes: Buffer.concat([before, Buffer.alloc(REPEATED_BYTES, hit), after]),
    changes: [`repeat ${length} at ${at} ${times} times`],
  };
}

function truncate(bytes: Buffer, random: Random): Mutant {
  const { at, before } = split(bytes, random);
  return { bytes: before, changes: [`truncate at ${at}`] };
}

/** The first number behind a random place becomes one at the edge of what numbers can be. */
function changeNumber(bytes: Buffer, random: Random): Mutant | undefined {
  const start = below(bytes.length, random);
  const found = /\d+/.exec(bytes.subarray(start).toString('latin1'));
  if (!found) return undefined;
  const at = start + found.index;
  const number = pick(NUMBERS_AT_EDGES, random);
  const after = bytes.subarray(at + found[0].length);
  return {
    bytes: Buffer.concat([bytes.subarray(0, at), Buffer.from(number), after]),
    changes: [`${number} instead of ${found[0].slice(0, 20)} at ${at}`],
  };
}
