import { createHash } from 'node:crypto';

/** A value of a column. */
export type ColumnValue = string | number | null | Uint8Array;

const MODULUS = 1n << 256n;

/** Tells sets of rows apart, in whatever order they come: how many there are, and the sum of the hashes of all. */
export class RowsDigest {
  count = 0;
  #sum = 0n;

  add(values: readonly ColumnValue[]): void {
    const hash = createHash('sha256');
    for (const value of values) {
      const bytes = value instanceof Uint8Array ? value : Buffer.from(String(value));
      hash.update(`${typeOf(value)}${bytes.byteLength}:`).update(bytes);
    }
    this.count++;
    this.#sum = (this.#sum + BigInt(`0x${hash.digest('hex')}`)) % MODULUS;
  }

  /** 64 hexadecimal digits. */
  get hash(): string {
    return this.#sum.toString(16).padStart(64, '0');
  }
}

function typeOf(value: ColumnValue): string {
  if (value === null) return 'null';
  return value instanceof Uint8Array ? 'bytes' : typeof value;
}
