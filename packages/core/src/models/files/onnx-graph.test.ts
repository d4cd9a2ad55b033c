import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeOnnx, temporaryFolder } from '../testing/made-models.js';
import { type OnnxGraph, readOnnxGraph } from './onnx-graph.js';

describe('readOnnxGraph', () => {
  it('reads inputs, without the weights that older files list there, and outputs', async () => {
    const graph = await read(madeOnnx({ inputs: ['input_ids', 'token_type_ids'], outputs: ['logits'] }));
    expect(graph).toEqual({ inputs: ['input_ids', 'token_type_ids'], outputs: ['logits'], external: new Map() });
  });

  it('reads where weights beside the graph lie, and how far', async () => {
    const graph = await read(madeOnnx({ external: { location: 'model.onnx_data', bytes: 640 } }));
    expect(graph.external).toEqual(new Map([['model.onnx_data', 640]]));
  });

  it('skips weights that are larger than what is read at once', async () => {
    expect((await read(madeOnnx({ weightBytes: 300_000 }))).outputs).toEqual(['last_hidden_state']);
  });

  it('names every truncation, wherever the file ends', async () => {
    const file = join(await temporaryFolder(), 'model.onnx');
    const whole = madeOnnx({ weightBytes: 50 });
    for (let length = 2; length < whole.length; length++) {
      await writeFile(file, whole.subarray(0, length));
      await expect(readOnnxGraph(file), `${length} bytes`).rejects.toMatchObject({
        code: 'model.incompatible',
        data: { fault: 'onnx_truncated' },
      });
    }
  });

  it('says how many bytes are missing', async () => {
    const whole = madeOnnx({ weightBytes: 200 });
    await expect(read(whole.subarray(0, 100))).rejects.toThrow(/has 100 bytes, and it needs at least \d+ bytes/);
  });

  it.each(['Repository not found', 'Entry not found', 'Invalid', '{"error": "x"}', 'PK\u0003\u0004', '\0\0\0\0'])(
    'does not take %j for a truncated model',
    async (text) => {
      await expect(read(Buffer.from(text))).rejects.toMatchObject({ data: { fault: 'onnx_invalid' } });
    },
  );

  it.each([4, 12, 40])(
    'refuses a file that was made long enough but not filled to the end (%i bytes)',
    async (count) => {
      const whole = madeOnnx();
      await expect(read(whole.fill(0, whole.length - count))).rejects.toMatchObject({
        data: { fault: 'onnx_invalid' },
      });
    },
  );

  it('refuses fields that are longer than their message', async () => {
    const broken = madeOnnx();
    broken[broken.lastIndexOf('last_hidden_state') - 1] = 0x1c;
    await expect(read(broken)).rejects.toMatchObject({ data: { fault: 'onnx_invalid' } });
  });
});

async function read(bytes: Uint8Array): Promise<OnnxGraph> {
  const file = join(await temporaryFolder(), 'model.onnx');
  await writeFile(file, bytes);
  return readOnnxGraph(file);
}
