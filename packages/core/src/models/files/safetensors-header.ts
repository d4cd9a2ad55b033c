import { type FileHandle, open } from 'node:fs/promises';
import { z } from 'zod';
import { modelFault } from './model-fault.js';

/** The format's own limit. */
const MAX_HEADER_BYTES = 100_000_000;

const tensorSchema = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});

/** A tensor of a safetensors file. */
export type SafetensorsEntry = z.infer<typeof tensorSchema>;

/**
 * Reads which tensors a safetensors file has, checking that all their bytes are there, without loading them.
 * @throws DocketError `model.incompatible` with the fault `safetensors_truncated` or `safetensors_invalid`
 */
export async function readSafetensorsHeader(file: string): Promise<ReadonlyMap<string, SafetensorsEntry>> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    const length = await headerLength(handle, file, size);
    if (8 + length > size) throw truncated(file, size, 8 + length);
    const tensors = parseHeader((await read(handle, 8, length)).toString('utf8'), file);
    const end = Math.max(0, ...[...tensors.values()].map((tensor) => tensor.data_offsets[1]));
    if (8 + length + end > size) throw truncated(file, size, 8 + length + end);
    return tensors;
  } finally {
    await handle.close();
  }
}

async function headerLength(handle: FileHandle, file: string, size: number): Promise<number> {
  if (size < 9) throw invalid(file);
  const start = await read(handle, 0, 9);
  const length = start.readBigUInt64LE(0);
  if (length > MAX_HEADER_BYTES || start[8] !== '{'.charCodeAt(0)) throw invalid(file);
  return Number(length);
}

async function read(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function parseHeader(text: string, file: string): Map<string, SafetensorsEntry> {
  try {
    const { __metadata__, ...tensors } = z.record(z.string(), z.unknown()).parse(JSON.parse(text));
    return new Map(Object.entries(z.record(z.string(), tensorSchema).parse(tensors)));
  } catch (error) {
    throw invalid(file, error);
  }
}

function truncated(file: string, size: number, needed: number) {
  const message = `the safetensors file ${file} is cut off: it has ${size} of ${needed} bytes; download or copy it again`;
  return modelFault({ fault: 'safetensors_truncated', message, file });
}

function invalid(file: string, cause?: unknown) {
  const message = `${file} is not a safetensors file: it does not begin with a list of tensors; download it again`;
  return modelFault({ fault: 'safetensors_invalid', message, file, cause });
}
