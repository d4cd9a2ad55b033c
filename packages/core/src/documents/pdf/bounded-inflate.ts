import { inflateSync } from 'node:zlib';
import { DocketError } from '../../errors.js';
import type { ReaderLimits } from '../document-reader.js';

/** A packed stream may become this many bytes per character allowed ... */
const BYTES_PER_CHARACTER = 4;

/** ... and always this many, which holds any ordinary font. */
const MIN_INFLATED_BYTES = 8 * 1024 * 1024;

let maxInflatedBytes = Number.POSITIVE_INFINITY;
let isExceeded = false;

/** Begins a new document. */
export function startInflation({ maxCharacters }: ReaderLimits): void {
  maxInflatedBytes = Math.max(MIN_INFLATED_BYTES, maxCharacters * BYTES_PER_CHARACTER);
  isExceeded = false;
}

/**
 * @throws DocketError `document.too_large` when a stream of the document was cut off because it grew beyond all measure
 */
export function assertInflation({ maxCharacters }: ReaderLimits): void {
  if (!isExceeded) return;
  const message = `a stream of the PDF unpacks to more than ${maxInflatedBytes} bytes; if it can be trusted, raise limits.maxCharacters (now ${maxCharacters})`;
  throw new DocketError('document.too_large', message, {
    data: { limit: 'limits.maxCharacters', maxInflatedBytes },
  });
}

/**
 * Puts a bounded and quicker one in the place of the `DecompressionStream` with which pdf.js unpacks pages, fonts and
 * character maps, for it unpacks them to whatever size they have. It does only what pdf.js asks for, one document at a time:
 * for a process that does nothing else.
 */
export function installBoundedInflate(): void {
  const Original = globalThis.DecompressionStream;
  Object.assign(globalThis, {
    DecompressionStream: class {
      readonly readable: AsyncIterable<Uint8Array>;
      readonly writable: object;

      constructor(format: ConstructorParameters<typeof Original>[0]) {
        const { readable, writable } = format === 'deflate' ? boundedInflate() : new Original(format);
        this.readable = readable;
        this.writable = writable;
      }
    },
  });
}

function boundedInflate() {
  const { promise, resolve } = withResolvers<Uint8Array>();
  const writer = {
    ready: Promise.resolve(),
    write: async (bytes: Uint8Array) => resolve(bytes),
    close: async () => {},
  };
  async function* readable(): AsyncGenerator<Uint8Array> {
    yield inflate(await promise);
  }
  return { writable: { getWriter: () => writer }, readable: readable() };
}

/** @throws Error for damage, which makes pdf.js fall back on an inflater of its own that gives what there is */
function inflate(bytes: Uint8Array): Uint8Array {
  try {
    return inflateSync(bytes, { maxOutputLength: maxInflatedBytes });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') throw error;
    isExceeded = true;
    return new Uint8Array();
  }
}

/** `Promise.withResolvers`, which Node 20 does not have. */
function withResolvers<Value>() {
  let resolve: (value: Value) => void = () => {};
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
