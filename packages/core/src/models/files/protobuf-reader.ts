import type { FileHandle } from 'node:fs/promises';

const WINDOW_BYTES = 4096;
const MAX_VARINT_BYTES = 10;

/** A field of a message: where its content lies, or its value. */
export interface ProtobufField {
  readonly number: number;
  /** 0: a number, 1: 8 bytes, 2: bytes with a length, 5: 4 bytes. */
  readonly wireType: number;
  readonly start: number;
  /** Position after the content. */
  readonly end: number;
  /** The number, for wire type 0. */
  readonly value: number;
}

/** Why a file is not the message that it should be. */
export class ProtobufError extends Error {
  constructor(
    /** Whether the file ends where more should come. */
    readonly isTruncated: boolean,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Walks protobuf messages in a file without loading them: contents are skipped by their lengths.
 * Source: the encoding page of the Protocol Buffers documentation.
 */
export class ProtobufReader {
  #window = Buffer.alloc(0);
  #windowStart = 0;

  constructor(
    private readonly handle: FileHandle,
    /** Length of the file. */
    readonly size: number,
  ) {}

  /**
   * Fields of the message from one position to another.
   * @throws ProtobufError
   */
  async *fields(start: number, end: number): AsyncGenerator<ProtobufField> {
    for (let position = start; position < end; ) {
      const tag = await this.#varint(position, end);
      const field = await this.#field(tag.value, tag.end, end);
      yield field;
      position = field.end;
    }
  }

  /** Text of a field. */
  async text({ start, end }: ProtobufField): Promise<string> {
    return (await this.#bytes(start, end - start)).toString('utf8');
  }

  async #field(tag: number, position: number, end: number): Promise<ProtobufField> {
    const number = Math.floor(tag / 8);
    const wireType = tag % 8;
    if (number === 0) throw new ProtobufError(false, `no field begins at byte ${position}`);
    if (wireType === 0) {
      const { value, end: after } = await this.#varint(position, end);
      return { number, wireType, start: position, end: after, value };
    }
    const { start, length } = await this.#extent(wireType, position, end);
    const after = start + length;
    if (after > end && end === this.size) throw new ProtobufError(true, `it needs at least ${after} bytes`);
    if (after > end) throw new ProtobufError(false, `the field at byte ${start} is longer than its message`);
    return { number, wireType, start, end: after, value: 0 };
  }

  async #extent(wireType: number, position: number, end: number): Promise<{ start: number; length: number }> {
    if (wireType === 1) return { start: position, length: 8 };
    if (wireType === 5) return { start: position, length: 4 };
    if (wireType !== 2) throw new ProtobufError(false, `no field begins at byte ${position}`);
    const { value, end: start } = await this.#varint(position, end);
    return { start, length: value };
  }

  async #varint(position: number, end: number): Promise<{ value: number; end: number }> {
    let value = 0;
    for (let index = 0; index < MAX_VARINT_BYTES; index++) {
      if (position + index >= end)
        throw new ProtobufError(end === this.size, `it ends in a number at byte ${position}`);
      const [byte = 0] = await this.#bytes(position + index, 1);
      value += (byte & 0x7f) * 2 ** (7 * index);
      if (byte < 0x80) return { value, end: position + index + 1 };
    }
    throw new ProtobufError(false, `no number begins at byte ${position}`);
  }

  async #bytes(position: number, count: number): Promise<Buffer> {
    const offset = position - this.#windowStart;
    if (offset >= 0 && offset + count <= this.#window.length) return this.#window.subarray(offset, offset + count);
    const window = Buffer.alloc(Math.max(count, Math.min(WINDOW_BYTES, this.size - position)));
    const { bytesRead } = await this.handle.read(window, 0, window.length, position);
    if (bytesRead < count) throw new ProtobufError(true, 'it became shorter while it was read');
    this.#window = window.subarray(0, bytesRead);
    this.#windowStart = position;
    return this.#window.subarray(0, count);
  }
}
