import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { madeOnnx, madeSafetensors, temporaryFolder } from '../testing/made-models.js';
import { checkFile } from './check-file.js';

const POINTER = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 90868376\n`;
const whole = madeSafetensors();

describe('checkFile', () => {
  it.each([
    ['model.onnx', madeOnnx()],
    ['model.safetensors', whole],
    ['config.json', '\uFEFF{"a": 1}'],
    ['model.onnx_data', '<binary>'],
    ['vocab.txt', 'a\nb\n'],
  ])('accepts a good %s', async (name, content) => {
    await expect(check(name, content)).resolves.toBeUndefined();
  });

  it.each([
    ['model.onnx', POINTER, 'lfs_pointer', /90868376 bytes.*git lfs pull/],
    ['tokenizer.json', POINTER, 'lfs_pointer', /git lfs pull/],
    ['model.safetensors', '<!DOCTYPE html>\n<html><title>404</title>', 'html_page', /HTML page/],
    ['model.onnx', '\n <!-- x -->\n<HTML lang="en">', 'html_page', /error page/],
    ['config.json', '<html>', 'html_page', /download it again/],
    ['model.onnx', '', 'empty_file', /is empty/],
    ['model.onnx_data', '', 'empty_file', /is empty/],
    ['config.json', '{"model_type": "be', 'invalid_json', /not valid JSON/],
    ['model.onnx', madeOnnx().subarray(0, 60), 'onnx_truncated', /cut off/],
    ['model.onnx', 'Access denied', 'onnx_invalid', /not an ONNX model/],
    ['model.safetensors', whole.subarray(0, -1), 'safetensors_truncated', /it has \d+ of \d+ bytes/],
    ['model.safetensors', whole.subarray(0, 20), 'safetensors_truncated', /cut off/],
    ['model.safetensors', 'Invalid credentials', 'safetensors_invalid', /not a safetensors/],
    ['model.safetensors', 'short', 'safetensors_invalid', /not a safetensors/],
    ['model.safetensors', badHeader('{"a": 1}'), 'safetensors_invalid', /not a safetensors/],
    ['model.safetensors', badHeader('{"a": '), 'safetensors_invalid', /not a safetensors/],
  ])('tells what is wrong with %s (%#)', async (name, content, fault, message) => {
    await expect(check(name, content)).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringMatching(message),
      data: { fault, file: expect.stringContaining(name) },
    });
  });
});

function badHeader(text: string): Buffer {
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  return Buffer.concat([length, Buffer.from(text), Buffer.alloc(8)]);
}

async function check(name: string, content: string | Uint8Array): Promise<void> {
  const file = join(await temporaryFolder(), name);
  await writeFile(file, content);
  await checkFile(file);
}
