import { inflateRawSync } from 'node:zlib';
import { DocketError } from '../../errors.js';
import type { ReaderLimits } from '../document-reader.js';

/** XML is larger than the text it holds: parts may inflate to this many bytes per character allowed ... */
const BYTES_PER_CHARACTER = 4;

/** ... and always to this much, which holds the style sheets and relations of any ordinary document. */
const MIN_INFLATED_BYTES = 8 * 1024 * 1024;

const END_RECORD = 0x06054b50;
const ZIP64_LOCATOR = 0x07064b50;
const ZIP64_END_RECORD = 0x06064b50;
const CENTRAL_HEADER = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const LOCAL_HEADER_BYTES = 30;
const END_RECORD_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const STORED = 0;
const DEFLATED = 8;

interface ZipEntry {
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly compressedBytes: number;
  readonly headerOffset: number;
}

/**
 * The parts of a zipped document, read by name on demand. Names are only compared, never used as paths. All parts read
 * together may not inflate to more than the limit, counted while inflating: sizes that the file states are not believed.
 * Format: PKWARE APPNOTE 6.3.10, sections 4.3.7, 4.3.12, 4.3.14 to 4.3.16.
 */
export class ZipParts {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  readonly #limits: ReaderLimits;
  readonly #maxInflatedBytes: number;
  readonly #inflatedBytes = new Map<string, number>();

  /** @throws DocketError `document.corrupt` when the bytes are not a complete zip file */
  constructor(bytes: Uint8Array, limits: ReaderLimits) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#limits = limits;
    this.#maxInflatedBytes = Math.max(MIN_INFLATED_BYTES, limits.maxCharacters * BYTES_PER_CHARACTER);
    this.#entries = readDirectory(this.#bytes, this.#view);
  }

  /** Whether there is a part of this name; case does not matter. */
  has(name: string): boolean {
    return this.#entries.has(partKey(name));
  }

  /**
   * Inflates one part; undefined when there is none of this name.
   * @throws DocketError `document.too_large`, `document.corrupt` or, for a zip with a password, `document.encrypted`
   */
  read(name: string): Uint8Array | undefined {
    const key = partKey(name);
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry.isEncrypted) {
      throw new DocketError('document.encrypted', 'the document is a zip with a password; save it without one');
    }
    let others = 0;
    for (const [other, bytes] of this.#inflatedBytes) if (other !== key) others += bytes;
    const content = this.#inflate(name, entry, this.#maxInflatedBytes - others);
    this.#inflatedBytes.set(key, content.length);
    return content;
  }

  #inflate(name: string, entry: ZipEntry, maxBytes: number): Uint8Array {
    const compressed = this.#compressed(name, entry);
    if (entry.method === STORED) {
      if (compressed.length > maxBytes) throw this.#tooLarge();
      return compressed;
    }
    if (entry.method !== DEFLATED) {
      throw corrupt(`its part ${printable(name)} is compressed in a way (${entry.method}) that documents do not use`);
    }
    if (maxBytes <= 0) throw this.#tooLarge();
    try {
      return inflateRawSync(compressed, { maxOutputLength: maxBytes });
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw this.#tooLarge();
      throw corrupt(`its part ${printable(name)} cannot be unpacked`, cause);
    }
  }

  #compressed(name: string, { headerOffset, compressedBytes }: ZipEntry): Uint8Array {
    const isInside = headerOffset + LOCAL_HEADER_BYTES <= this.#bytes.length;
    if (!isInside || this.#view.getUint32(headerOffset, true) !== LOCAL_HEADER) {
      throw corrupt(`its part ${printable(name)} is not where the zip says`);
    }
    const nameBytes = this.#view.getUint16(headerOffset + 26, true);
    const extraBytes = this.#view.getUint16(headerOffset + 28, true);
    const start = headerOffset + LOCAL_HEADER_BYTES + nameBytes + extraBytes;
    if (start + compressedBytes > this.#bytes.length) throw corrupt(`its part ${printable(name)} is cut off`);
    return this.#bytes.subarray(start, start + compressedBytes);
  }

  #tooLarge(): DocketError {
    return new DocketError(
      'document.too_large',
      `the document unpacks to more than ${this.#maxInflatedBytes} bytes; if it can be trusted, raise ` +
        `limits.maxCharacters (now ${this.#limits.maxCharacters})`,
      { data: { limit: 'limits.maxCharacters', maxInflatedBytes: this.#maxInflatedBytes } },
    );
  }
}

function readDirectory(bytes: Uint8Array, view: DataView): Map<string, ZipEntry> {
  const { start, end, shift } = locateDirectory(view);
  const entries = new Map<string, ZipEntry>();
  let offset = start;
  while (offset + 46 <= end && view.getUint32(offset, true) === CENTRAL_HEADER) {
    const nameBytes = view.getUint16(offset + 28, true);
    const extraBytes = view.getUint16(offset + 30, true);
    const commentBytes = view.getUint16(offset + 32, true);
    const key = partKey(new TextDecoder().decode(bytes.subarray(offset + 46, offset + 46 + nameBytes)));
    const entry = {
      isEncrypted: (view.getUint16(offset + 8, true) & 1) === 1,
      method: view.getUint16(offset + 10, true),
      compressedBytes: view.getUint32(offset + 20, true),
      headerOffset: view.getUint32(offset + 42, true) + shift,
    };
    if (!entries.has(key)) entries.set(key, entry);
    offset += 46 + nameBytes + extraBytes + commentBytes;
  }
  if (entries.size === 0) throw corrupt('it is a zip without any part');
  return entries;
}

interface DirectoryPlace {
  readonly start: number;
  readonly end: number;
  /** Bytes that were put before the zip, as some mail gateways do. */
  readonly shift: number;
}

function locateDirectory(view: DataView): DirectoryPlace {
  const endRecord = findEndRecord(view);
  let size = view.getUint32(endRecord + 12, true);
  let start = view.getUint32(endRecord + 16, true);
  let end = endRecord;
  const locator = endRecord - 20;
  if (locator >= 0 && view.getUint32(locator, true) === ZIP64_LOCATOR) {
    const record = Number(view.getBigUint64(locator + 8, true));
    if (record + 56 <= locator && view.getUint32(record, true) === ZIP64_END_RECORD) {
      size = Number(view.getBigUint64(record + 40, true));
      start = Number(view.getBigUint64(record + 48, true));
      end = record;
    }
  }
  const shift = end - size - start;
  if (shift < 0 || start + shift < 0) throw corrupt('its list of parts is damaged');
  return { start: start + shift, end, shift };
}

function findEndRecord(view: DataView): number {
  const last = view.byteLength - END_RECORD_BYTES;
  for (let offset = last; offset >= Math.max(0, last - MAX_COMMENT_BYTES); offset--) {
    if (view.getUint32(offset, true) === END_RECORD) return offset;
  }
  const isZip = view.byteLength >= 4 && view.getUint32(0, true) === LOCAL_HEADER;
  throw corrupt(isZip ? 'it is truncated: its list of parts at the end is missing' : 'it is not a zip file');
}

/** Names compare without case (ECMA-376 part 2, 6.2.2), and some writers put a slash first or use backslashes. */
function partKey(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

function printable(name: string): string {
  return JSON.stringify(name.slice(0, 80));
}

function corrupt(what: string, cause?: unknown): DocketError {
  return new DocketError(
    'document.corrupt',
    `the document cannot be opened: ${what}; send it again or save it anew`,
    cause === undefined ? {} : { cause },
  );
}
