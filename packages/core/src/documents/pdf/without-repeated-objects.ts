/** More often than this no object is written anew in a file that people made. */
const MOST_TIMES = 20;

const KEYWORD = 'obj';

/** What stands before the keyword: number and generation. */
const NUMBER_BEFORE = /(\d{1,10})\s{1,10}\d{1,5}\s{1,10}$/;
const LONGEST_BEFORE = 40;

/**
 * Hides all but the last beginnings of an object that begins again and again, as damage leaves it: whoever looks for the objects
 * of a broken file reads on from each of them to the end, which takes the square of their number.
 * @returns The same bytes where no object does, a changed copy elsewhere
 */
export function withoutRepeatedObjects(bytes: Uint8Array): Uint8Array {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const beginnings = new Map<string, number[]>();
  for (let at = source.indexOf(KEYWORD); at !== -1; at = source.indexOf(KEYWORD, at + KEYWORD.length)) {
    const [, number] = NUMBER_BEFORE.exec(source.toString('latin1', Math.max(0, at - LONGEST_BEFORE), at)) ?? [];
    if (number === undefined) continue;
    const known = beginnings.get(number);
    if (known) known.push(at);
    else beginnings.set(number, [at]);
  }
  const surplus = [...beginnings.values()].flatMap((places) => places.slice(0, -MOST_TIMES));
  if (surplus.length === 0) return bytes;
  const copy = Buffer.from(source);
  for (const at of surplus) copy.fill(' ', at, at + KEYWORD.length);
  return copy;
}
