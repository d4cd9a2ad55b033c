import { mkdtemp, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTinyEmbeddingModel, writeTinyNliModel } from './tiny-onnx-models.js';
import { TINY_VOCABULARY } from './tiny-onnx-tokenizer.js';

describe('the tiny models', () => {
  it('have no piece twice', () => {
    expect(new Set(TINY_VOCABULARY).size).toBe(TINY_VOCABULARY.length);
  });

  it.each([writeTinyEmbeddingModel, writeTinyNliModel])(
    'are small enough to be written in every test',
    async (write) => {
      const folder = await mkdtemp(join(tmpdir(), 'docket-'));
      await write(folder);
      const files = await readdir(folder, { recursive: true, withFileTypes: true });
      const sizes = files.filter((file) => file.isFile()).map((file) => stat(join(file.parentPath, file.name)));
      const bytes = (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
      expect(files.map((file) => file.name)).toContain('model_quantized.onnx');
      expect(bytes).toBeLessThan(200_000);
    },
  );
});
