import { describe, expect, it } from 'vitest';
import { modelHash, modelVariant } from './model-hash.js';
import type { ModelManifest } from './model-manifest.js';

const PATHS = [
  'README.md',
  'background.static.json',
  'config.json',
  'model.safetensors',
  'onnx/model.onnx',
  'onnx/model.onnx_data_1',
  'tokenizer.json',
  'tokenizer_config.json',
];

const manifest: ModelManifest = {
  format: 1,
  name: 'both',
  tasks: ['static', 'embedding'],
  origin: { kind: 'folder' },
  files: PATHS.map((path, index) => ({ path, bytes: 1, sha256: `${index}`.repeat(64) })),
  static: { weights: 'model.safetensors', tokenizer: 'tokenizer.json', normalize: true },
  embedding: {
    variant: 'onnx/model.onnx',
    pooling: 'mean',
    normalize: true,
    prefixes: { rule: '', passage: '' },
    maxTokens: 256,
  },
};

const withChanged = (changed: string): ModelManifest => ({
  ...manifest,
  files: manifest.files.map((file) => (file.path === changed ? { ...file, sha256: 'a'.repeat(64) } : file)),
});
const changesFor = (task: 'static' | 'embedding') =>
  PATHS.filter((path) => modelHash(withChanged(path), task) !== modelHash(manifest, task));

describe('modelHash', () => {
  it('changes with the files that a task uses, and with no other', () => {
    expect(changesFor('static')).toEqual(['model.safetensors', 'tokenizer.json']);
    expect(changesFor('embedding')).toEqual([
      'config.json',
      'onnx/model.onnx',
      'onnx/model.onnx_data_1',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
  });

  it('changes with the settings', () => {
    const embedding = { ...(manifest.embedding as NonNullable<ModelManifest['embedding']>), pooling: 'cls' as const };
    expect(modelHash({ ...manifest, embedding }, 'embedding')).not.toBe(modelHash(manifest, 'embedding'));
    expect(modelHash({ ...manifest, embedding }, 'static')).toBe(modelHash(manifest, 'static'));
  });

  it('has twelve digits', () => {
    expect(modelHash(manifest, 'static')).toMatch(/^[0-9a-f]{12}$/);
  });
});

describe('modelVariant', () => {
  it('is the weights or the graph', () => {
    expect([modelVariant(manifest, 'static'), modelVariant(manifest, 'embedding')]).toEqual([
      'model.safetensors',
      'onnx/model.onnx',
    ]);
    expect(modelVariant(manifest, 'zero-shot')).toBeUndefined();
  });
});
