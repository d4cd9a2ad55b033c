import { Transform, type TransformCallback } from 'node:stream';

/** Lets bytes through up to a limit, which may be raised: small archives that expand without end are stopped. */
export class ExpansionLimit extends Transform {
  isExceeded = false;
  #left: number;

  constructor(bytes: number) {
    super();
    this.#left = bytes;
  }

  /** Lets more bytes through. */
  raise(bytes: number): void {
    this.#left += bytes;
  }

  override _transform(piece: Uint8Array, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#left -= piece.length;
    this.isExceeded = this.#left < 0;
    if (this.isExceeded) done(new Error('more bytes than announced'));
    else done(null, piece);
  }
}
