import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSafetensors } from './safetensors.js';
import { safetensors } from './testing/tiny-static-model.js';

const bytes = safetensors({
  other: { dtype: 'I8', shape: [3], values: Int8Array.of(1, 2, 3) },
  embeddings: { dtype: 'F32', shape: [2, 2], values: Float32Array.of(1, 2, 3, 4) },
  weights: { dtype: 'F64', shape: [2], values: Float64Array.of(0.5, 0.25) },
});

async function write(content: Uint8Array | string): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), 'docket-safetensors-')), 'model.safetensors');
  await writeFile(file, content);
  return file;
}

/** A file with a header of one's own and some bytes of data. */
function withHeader(header: unknown, dataBytes = 16): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, text, Buffer.alloc(dataBytes)]);
}

describe('readSafetensors', () => {
  it('reads the tensors that are wanted and there, at whatever offset', async () => {
    const wanted = { names: ['weights', 'embeddings', 'mapping'], hash: false };
    const { tensors, sha256 } = await readSafetensors(await write(bytes), wanted);
    expect([...tensors.keys()]).toEqual(['embeddings', 'weights']);
    expect(new Float32Array(tensors.get('embeddings')?.data ?? new ArrayBuffer(0))).toEqual(
      Float32Array.of(1, 2, 3, 4),
    );
    expect(new Float64Array(tensors.get('weights')?.data ?? new ArrayBuffer(0))).toEqual(Float64Array.of(0.5, 0.25));
    expect(sha256).toBeUndefined();
  });

  it('hashes the whole file where all of it is wanted', async () => {
    const wanted = { names: ['weights', 'embeddings', 'other'], hash: true };
    const { sha256 } = await readSafetensors(await write(bytes), wanted);
    expect(sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
  });

  it.each([
    ['is empty', '', /cut off/],
    ['is a page of HTML', '<!DOCTYPE html><title>404</title>', /does not begin like a safetensors file/],
    ['is cut off in its header', bytes.subarray(0, 60), /cut off/],
    ['is cut off in its data', bytes.subarray(0, bytes.length - 1), /cut off/],
    ['has a header that is no JSON', withHeader('{{'), /header/],
    ['has a header that is a list', withHeader([]), /header/],
    ['has an unknown type', withHeader({ embeddings: tensor('C64', [2, 2], [0, 16]) }), /header/],
    ['has a size of its own', withHeader({ embeddings: tensor('F32', [2, 2], [0, 12]) }), /size/],
    ['ends before it starts', withHeader({ embeddings: tensor('F32', [2, 2], [16, 0]) }), /size/],
    ['has a negative offset', withHeader({ embeddings: tensor('F32', [2, 2], [-16, 0]) }), /header/],
    ['has a shape that overflows', withHeader({ embeddings: tensor('F32', [2 ** 40, 2 ** 40], [0, 16]) }), /size/],
  ])('refuses a file that %s', async (_, content, reason) => {
    const reading = readSafetensors(await write(content), { names: ['embeddings'], hash: true });
    await expect(reading).rejects.toMatchObject({ code: 'model.incompatible' });
    await expect(reading).rejects.toThrow(reason);
    await expect(reading).rejects.toThrow('model.safetensors does not fit');
  });

  it('names a file that is not there', async () => {
    const reading = readSafetensors('/no/such/model.safetensors', { names: ['embeddings'], hash: false });
    await expect(reading).rejects.toMatchObject({ code: 'model.not_installed' });
    await expect(reading).rejects.toThrow(/model\.safetensors cannot be found.*docket models import/);
  });
});

function tensor(dtype: string, shape: readonly number[], offsets: readonly number[]) {
  return { dtype, shape, data_offsets: offsets };
}
