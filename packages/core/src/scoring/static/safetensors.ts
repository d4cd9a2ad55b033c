import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { incompatibleModelFile, unreadableModelFile } from './model-file.js';

/** Bytes of one element, by the format's names of number types. */
const ELEMENT_BYTES = { F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I8: 1 } as const;

/** Number types that can be read. */
export type ElementType = keyof typeof ELEMENT_BYTES;

/** A tensor in memory of its own, aligned for any number type. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  /** Little-endian, row by row. */
  readonly data: ArrayBuffer;
}

/** What of a file is wanted. */
export interface SafetensorsRequest {
  /** Tensors that are read where they are there; all others stay on the disk. */
  readonly names: readonly string[];
  /** Whether to hash what is read. */
  readonly hash: boolean;
}

/** What {@link readSafetensors} finds. */
export interface SafetensorsContent {
  readonly tensors: ReadonlyMap<string, Tensor>;
  /** SHA-256 of what was read, in the file's order: of the whole file where all its tensors were wanted. */
  readonly sha256: string | undefined;
}

/** A static model's header has three entries at most. */
const MOST_HEADER_BYTES = 1 << 20;
/** Node reads no more at once. */
const MOST_BYTES_AT_ONCE = 1 << 30;

const offsetSchema = z.number().int().nonnegative();
const endSchema = z.object({ data_offsets: z.tuple([offsetSchema, offsetSchema]) });
const tensorSchema = endSchema.extend({
  dtype: z.enum(Object.keys(ELEMENT_BYTES) as ElementType[]),
  shape: z.array(z.number().int().nonnegative()).max(8),
});

/**
 * Reads tensors of a `.safetensors` file (https://github.com/huggingface/safetensors#format): the header, then each
 * wanted tensor straight into memory of its own, so that nothing is copied and typed arrays are aligned.
 * @throws DocketError `model.not_installed` or `model.incompatible`, naming the file
 */
export async function readSafetensors(file: string, request: SafetensorsRequest): Promise<SafetensorsContent> {
  const handle = await open(file).catch((error: unknown) => {
    throw unreadableModelFile(file, error);
  });
  try {
    return await readTensors(handle, request);
  } catch (error) {
    throw incompatibleModelFile(file, reasonOf(error), error);
  } finally {
    await handle.close();
  }
}

async function readTensors(handle: FileHandle, { names, hash }: SafetensorsRequest): Promise<SafetensorsContent> {
  const { size } = await handle.stat();
  const sha256 = hash ? createHash('sha256') : undefined;
  const prefix = await readRange(handle, 0, 8, size);
  const headerLength = prefix.readBigUInt64LE(0);
  if (headerLength > MOST_HEADER_BYTES) throw new Error('it does not begin like a safetensors file');
  const dataStart = 8 + Number(headerLength);
  const header = await readRange(handle, 8, dataStart, size);
  sha256?.update(prefix).update(header);
  const tensors = new Map<string, Tensor>();
  const entries = parseHeader(header, size - dataStart);
  for (const { name, type, shape, start, end } of locateTensors(entries, names)) {
    const data = await readRange(handle, dataStart + start, dataStart + end, size);
    sha256?.update(data);
    tensors.set(name, { type, shape, data: data.buffer });
  }
  return { tensors, sha256: sha256?.digest('hex') };
}

/** @throws Error for a file that ends before its tensors do */
function parseHeader(header: Buffer, dataBytes: number): Readonly<Record<string, unknown>> {
  const { __metadata__: _, ...tensors } = z.record(z.string(), z.unknown()).parse(JSON.parse(header.toString('utf8')));
  for (const tensor of Object.values(tensors)) {
    const end = endSchema.parse(tensor).data_offsets[1];
    if (end > dataBytes) throw new Error(`it is cut off: ${end - dataBytes} bytes are missing`);
  }
  return tensors;
}

/** Where wanted tensors are, in the order of their data. */
function locateTensors(header: Readonly<Record<string, unknown>>, names: readonly string[]) {
  return names
    .filter((name) => Object.hasOwn(header, name))
    .map((name) => {
      const { dtype: type, shape, data_offsets: offsets } = tensorSchema.parse(header[name]);
      const [start, end] = offsets;
      const bytes = shape.reduce((product, length) => product * length, ELEMENT_BYTES[type]);
      if (end - start !== bytes) throw new Error(`its tensor "${name}" has not the size that its shape asks for`);
      return { name, type, shape, start, end };
    })
    .sort((one, other) => one.start - other.start);
}

async function readRange(handle: FileHandle, start: number, end: number, size: number): Promise<Buffer<ArrayBuffer>> {
  if (end > size) throw new Error(`it is cut off: ${end - size} bytes are missing`);
  const bytes = Buffer.allocUnsafeSlow(end - start);
  for (let at = 0; at < bytes.length; ) {
    const length = Math.min(bytes.length - at, MOST_BYTES_AT_ONCE);
    const { bytesRead } = await handle.read(bytes, at, length, start + at);
    if (bytesRead === 0) throw new Error('it became shorter while it was read');
    at += bytesRead;
  }
  return bytes;
}

function reasonOf(error: unknown): string {
  const isHeader = error instanceof z.ZodError || error instanceof SyntaxError;
  return isHeader ? 'its header is not that of a safetensors file' : (error as Error).message;
}
