const PATTERNS = 1 << 16;
const SIGN = 0x8000;

/**
 * What each pattern of 16 bits means as an IEEE 754 binary16 number: exponent and fraction moved to where binary32 has
 * them, the exponent's bias raised from 15 to 127.
 */
export function halfNumbers(): Float32Array {
  const wide = new Uint32Array(PATTERNS);
  const numbers = new Float32Array(wide.buffer);
  for (let bits = 0; bits < 0x400; bits++) numbers[bits] = bits * 2 ** -24;
  for (let bits = 0x400; bits < 0x7c00; bits++) wide[bits] = (bits << 13) + (112 << 23);
  for (let bits = 0x7c00; bits < SIGN; bits++) wide[bits] = (bits << 13) | (255 << 23);
  for (let bits = 0; bits < SIGN; bits++) wide[bits | SIGN] = (wide[bits] as number) | (1 << 31);
  return numbers;
}

/** What each pattern of 16 bits means as a bfloat16 number: the upper half of an IEEE 754 binary32. */
export function brainNumbers(): Float32Array {
  const wide = new Uint32Array(PATTERNS);
  for (let bits = 0; bits < PATTERNS; bits++) wide[bits] = bits << 16;
  return new Float32Array(wide.buffer);
}
