import { describe, expect, it } from 'vitest';
import { packValue, unpackValue } from './packed-value.js';

/** As a file is read: into memory of its own. */
function reread(bytes: Uint8Array): unknown {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  copy.set(bytes);
  return unpackValue(copy);
}

const value = {
  name: 'знание',
  list: ['a', 1, null, { deep: true }],
  table: { numbers: Int32Array.of(1, -2, 3), weights: Float64Array.of(0.1, Number.NaN), vectors: Float32Array.of(0.5) },
  long: 'Ä𝛀'.repeat(10_000),
  empty: new Int32Array(0),
};

describe('packValue', () => {
  it('gives back what it was given: plain data, arrays and long texts', () => {
    expect(reread(packValue(value))).toEqual(value);
  });

  it('writes equal bytes for equal values', () => {
    expect(packValue(structuredClone(value))).toEqual(packValue(value));
  });

  it.each([3, 100, 5000])('refuses a file that ends after %i bytes', (length) => {
    expect(() => reread(packValue(value).subarray(0, length))).toThrow();
  });
});
