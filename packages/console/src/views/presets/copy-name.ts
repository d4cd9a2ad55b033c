const LONGEST_NAME = 255;

/**
 * A name for a copy that no other preset has.
 * @param write Writes the name of the copy of this number, from 1
 */
export function nameCopy(
  name: string,
  taken: readonly string[],
  write: (name: string, number: number) => string,
): string {
  const known = new Set(taken);
  for (let number = 1; ; number++) {
    const addition = write('', number).length;
    const copy = write(name.slice(0, LONGEST_NAME - addition), number);
    if (!known.has(copy)) return copy;
  }
}
