import type { ImportedModel } from '@docket/core';
import { expect, test } from 'vitest';
import { writeImported } from './write-imported.js';

const sha256 = 'a'.repeat(64);

function imported(backgrounds: readonly string[], changes: Partial<ImportedModel> = {}): ImportedModel {
  const paths = ['vectors\u001b[2J.safetensors', 'tokenizer.json', 'onnx/model.onnx', ...backgrounds];
  return {
    manifest: {
      format: 1,
      name: 'both',
      tasks: ['static', 'embedding'],
      origin: { kind: 'folder' },
      files: paths.map((path) => ({ path, bytes: 1, sha256 })),
      static: { weights: paths[0] ?? '', tokenizer: 'tokenizer.json', normalize: false },
      embedding: {
        variant: 'onnx/model.onnx',
        pooling: 'cls',
        normalize: true,
        prefixes: { rule: 'query: ', passage: '' },
        maxTokens: 512,
        family: 'bge',
      },
    },
    folder: '/models/both',
    bytes: 2_500_000,
    outcome: 'new',
    leftOut: [{ path: 'pytorch_model.bin', reason: 'not used' }],
    ...changes,
  };
}

test('says what was recognised, what was left out, and how the model is used', () => {
  const text = writeImported(imported(['background.static.json', 'background.embedding.json']));
  expect(text.split('\n')).toEqual([
    'both installed: 2.5 MB',
    expect.stringMatching(/^ {2}static: vectors\ufffd\[2J\.safetensors, vectors as they come, hash [0-9a-f]{12}$/),
    expect.stringMatching(/^ {2}embedding: onnx\/model.onnx of the family bge, pooling cls, .*rules behind "query: "/),
    '  left out: pytorch_model.bin (not used)',
    'use it: docket classify FILES --rules RULES --scorer static --model both',
    '',
  ]);
});

test('says which task waits for transformers.js', () => {
  const text = writeImported(imported(['background.static.json']));
  expect(text).toMatch(/ {2}not ready for embedding: run ".*@xenova\/transformers.*", then import it again/);
  expect(text).not.toContain('not ready for static');
});

test.each([
  ['replaced', 'both installed in place of another: 2.5 MB'],
  ['unchanged', 'both was there already, whole: 2.5 MB'],
] as const)('tells the outcome %s', (outcome, line) => {
  expect(writeImported(imported([], { outcome })).split('\n')[0]).toBe(line);
});
