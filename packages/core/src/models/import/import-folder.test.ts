import { mkdir, readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listFiles } from '../files/list-files.js';
import {
  classifierFiles,
  encoderFiles,
  type MadeFiles,
  madeOnnx,
  madeSafetensors,
  staticFiles,
  temporaryFolder,
  writeFiles,
} from '../testing/made-models.js';
import { importModel } from './import-model.js';
import type { ImportedModel, ImportOptions } from './import-options.js';

describe('tasks', () => {
  it('static, at the top or in a folder below', async () => {
    const { manifest } = await importFiles(staticFiles());
    expect(manifest).toMatchObject({
      tasks: ['static'],
      static: { weights: 'model.safetensors', tokenizer: 'tokenizer.json', normalize: true },
    });
    const below = await importFiles({
      'README.md': '# a model',
      'native/model.safetensors': madeSafetensors(),
      'native/tokenizer.json': {},
      'native/config.json': { normalize: false },
    });
    expect(below.manifest.static).toEqual({
      weights: 'native/model.safetensors',
      tokenizer: 'native/tokenizer.json',
      normalize: false,
    });
  });

  it('static by the tensor alone', async () => {
    const files = { 'model.safetensors': madeSafetensors(), 'tokenizer.json': {} };
    expect((await importFiles(files)).manifest.tasks).toEqual(['static']);
  });

  it('embedding, without the weights for PyTorch', async () => {
    const files = encoderFiles({ 'model.safetensors': madeSafetensors('bert.embeddings', [2, 2]), 'x.bin': 'x' });
    const { manifest, leftOut } = await importFiles(files);
    expect(manifest).toMatchObject({ tasks: ['embedding'], embedding: { variant: 'onnx/model.onnx' } });
    expect(leftOut).toEqual([
      { path: 'model.safetensors', reason: 'weights for PyTorch' },
      { path: 'x.bin', reason: 'weights for PyTorch' },
    ]);
  });

  it('static and embedding of one folder', async () => {
    const { manifest } = await importFiles(encoderFiles({ 'model.safetensors': madeSafetensors() }));
    expect(manifest.tasks).toEqual(['static', 'embedding']);
  });

  it('static alone when the graph wants more than texts', async () => {
    const offsets = madeOnnx({ inputs: ['input_ids', 'offsets'], outputs: ['embeddings'] });
    const { manifest, leftOut } = await importFiles(staticFiles({ 'onnx/model.onnx': offsets }));
    expect(manifest.tasks).toEqual(['static']);
    expect(leftOut.map(({ path }) => path)).toEqual(['onnx/model.onnx']);
  });

  it.each<[MadeFiles, { entailment: number; labels: number }]>([
    [{}, { entailment: 2, labels: 3 }],
    [{ 'config.json': classifier({ 0: 'entailment', 1: 'not_entailment' }) }, { entailment: 0, labels: 2 }],
    [
      {
        'config.json': classifier(
          { 0: 'LABEL_0', 1: 'LABEL_1', 2: 'LABEL_2' },
          { Contradiction: 0, Entailment: 1, Neutral: 2 },
        ),
      },
      { entailment: 1, labels: 3 },
    ],
  ])('zero-shot, with the label for entailment (%#)', async (files, expected) => {
    const { manifest } = await importFiles(classifierFiles(files));
    expect(manifest).toMatchObject({ tasks: ['zero-shot'], zeroShot: { ...expected, maxTokens: 512 } });
    expect(manifest.embedding).toBeUndefined();
  });
});

describe('variants', () => {
  const files = encoderFiles({
    'onnx/model_quantized.onnx': madeOnnx({ weightBytes: 9 }),
    'onnx/model_fp16.onnx': madeOnnx({ external: { location: 'model_fp16.onnx_data', bytes: 3 } }),
    'onnx/model_fp16.onnx_data': 'abc',
  });

  it('takes one, and says which it leaves', async () => {
    const { manifest, leftOut } = await importFiles(files);
    expect(manifest.embedding?.variant).toBe('onnx/model.onnx');
    expect(manifest.files.map(({ path }) => path)).toEqual([
      'config.json',
      'onnx/model.onnx',
      'tokenizer.json',
      'tokenizer_config.json',
    ]);
    expect(leftOut).toContainEqual({ path: 'onnx/model_fp16.onnx_data', reason: 'another variant' });
  });

  it('takes the weights that lie beside a graph', async () => {
    const { manifest } = await importFiles(files, { variant: 'fp16' });
    expect(manifest.files.map(({ path }) => path)).toContain('onnx/model_fp16.onnx_data');
    expect(manifest.files.map(({ path }) => path)).not.toContain('onnx/model.onnx');
  });
});

describe('what is left out', () => {
  it('hidden files, other frameworks, unneeded files', async () => {
    const { leftOut, folder } = await importFiles(
      staticFiles({
        '.git/config': 'x',
        '.gitattributes': 'x',
        'tf_model.h5': 'x',
        'openvino/config.json': '{}',
        'train.py': 'x',
        'docket-model.json': 'of another installation',
        'LICENSE-NOTICE': '',
      }),
    );
    expect(leftOut).toEqual([
      { path: '.git/', reason: 'hidden' },
      { path: '.gitattributes', reason: 'hidden' },
      { path: 'docket-model.json', reason: expect.stringContaining('manifest') },
      { path: 'openvino/config.json', reason: 'for another framework' },
      { path: 'tf_model.h5', reason: 'for another framework' },
      { path: 'train.py', reason: 'not needed' },
    ]);
    expect(await readdir(folder)).toEqual([
      'LICENSE-NOTICE',
      'config.json',
      'docket-model.json',
      'model.safetensors',
      'tokenizer.json',
    ]);
  });

  it('follows links inside the folder and no others', async () => {
    const { 'model.safetensors': weights, ...rest } = staticFiles();
    const source = await writeFiles(join(await temporaryFolder(), 'm'), { ...rest, '.blobs/1': weights });
    await symlink('.blobs/1', join(source, 'model.safetensors'));
    await symlink('/etc/hostname', join(source, 'elsewhere.py'));
    const { folder } = await importModel(await temporaryFolder(), source);
    expect(await readFile(join(folder, 'model.safetensors'))).toEqual(weights);
    expect((await listFiles(folder)).others).toEqual([]);
    await symlink('/etc/hostname', join(source, 'special_tokens_map.json'));
    await expect(importModel(await temporaryFolder(), source)).rejects.toMatchObject({
      code: 'model.incompatible',
      data: { fault: 'link_outside' },
      message: expect.stringContaining('cp -rL'),
    });
  });

  it('ends in a folder that holds itself', async () => {
    const source = await writeFiles(join(await temporaryFolder(), 'm'), staticFiles());
    await symlink('..', join(source, 'up'));
    await mkdir(join(source, 'below'));
    await symlink('..', join(source, 'below', 'self'));
    expect((await importModel(await temporaryFolder(), source)).manifest.tasks).toEqual(['static']);
  });
});

describe('faults', () => {
  it.each<[string, MadeFiles, RegExp]>([
    ['no_model', { 'README.md': 'x' }, /model\.safetensors.*onnx\/model\*\.onnx/],
    ['pytorch_only', { 'config.json': {}, 'pytorch_model.bin': 'x' }, /optimum-cli export onnx/],
    ['pytorch_only', { 'config.json': {}, 'model.safetensors': madeSafetensors('bert', [2]) }, /optimum-cli/],
    ['no_config', { 'onnx/model.onnx': madeOnnx(), 'tokenizer.json': {} }, /no config\.json/],
    ['no_tokenizer', { 'onnx/model.onnx': madeOnnx(), 'config.json': {} }, /no tokenizer\.json/],
    ['no_tokenizer', { 'model.safetensors': madeSafetensors() }, /without a tokenizer\.json/],
    ['no_entailment', classifierFiles({ 'config.json': classifier({ 0: 'bad', 1: 'good' }) }), /labels: bad, good/],
    ['unknown_inputs', encoderFiles({ 'onnx/model.onnx': madeOnnx({ inputs: ['pixels'] }) }), /wants pixels/],
    ['unknown_outputs', encoderFiles({ 'onnx/model.onnx': madeOnnx({ outputs: ['logits'] }) }), /gives logits/],
    ['unknown_outputs', classifierFiles({ 'onnx/model.onnx': madeOnnx() }), /gives last_hidden_state/],
    ['external_data_missing', encoderFiles({ 'onnx/model.onnx': withData(5) }), /model\.onnx_data, which is not there/],
    [
      'external_data_truncated',
      encoderFiles({ 'onnx/model.onnx': withData(5), 'onnx/model.onnx_data': 'abc' }),
      /has 3 bytes.*at least 5/,
    ],
    ['lfs_pointer', encoderFiles({ 'onnx/model.onnx': lfsPointer() }), /git lfs pull/],
    ['lfs_pointer', staticFiles({ 'model.safetensors': lfsPointer() }), /git lfs pull/],
    ['html_page', encoderFiles({ 'tokenizer.json': '<!doctype html>' }), /tokenizer\.json is an HTML page/],
    ['onnx_truncated', encoderFiles({ 'onnx/model.onnx': madeOnnx().subarray(0, 80) }), /cut off/],
    ['safetensors_truncated', staticFiles({ 'model.safetensors': madeSafetensors().subarray(0, -1) }), /cut off/],
    ['empty_file', encoderFiles({ 'config.json': '' }), /config\.json is empty/],
    ['invalid_json', encoderFiles({ 'special_tokens_map.json': '{' }), /special_tokens_map\.json is not valid JSON/],
    ['invalid_json', encoderFiles({ 'config.json': [1] }), /does not hold the settings/],
  ])('%s (%#)', async (fault, files, message) => {
    const home = await temporaryFolder();
    const source = await writeFiles(join(await temporaryFolder(), 'm'), files);
    await expect(importModel(home, source)).rejects.toMatchObject({
      code: 'model.incompatible',
      message: expect.stringMatching(message),
      data: { fault },
    });
    expect(await readdir(home)).toEqual([]);
  });

  it('names a place without anything, a file that is no bundle, and an HTML page in its place', async () => {
    const home = await temporaryFolder();
    const folder = await writeFiles(await temporaryFolder(), { 'model.onnx': madeOnnx(), 'm.tar.gz': '<html>' });
    const importOf = (name: string) => importModel(home, join(folder, name));
    await expect(importOf('nothing')).rejects.toMatchObject({ code: 'resource.file_not_found' });
    await expect(importOf('model.onnx')).rejects.toMatchObject({ code: 'request.invalid_input' });
    await expect(importOf('m.tar.gz')).rejects.toMatchObject({ data: { fault: 'html_page' } });
  });

  it('does not read weights that it does not need', async () => {
    const files = encoderFiles({ 'model.safetensors': lfsPointer(), 'onnx/model_fp16.onnx': '' });
    expect((await importFiles(files)).manifest.tasks).toEqual(['embedding']);
  });
});

describe('the model card', () => {
  it('tells licence and languages', async () => {
    const card = '---\nlanguage:\n- en\n- no\n- multilingual\nlicense: apache-2.0\ntags: [a]\n---\n# x\n';
    const { manifest } = await importFiles(encoderFiles({ 'README.md': card }));
    expect(manifest).toMatchObject({ licence: 'apache-2.0', languages: ['en', 'no'] });
  });

  it('tells nothing when it cannot be read, and less than the importer', async () => {
    const { manifest } = await importFiles(encoderFiles({ 'README.md': '---\n: [\n---\n' }));
    expect(manifest).not.toHaveProperty('licence');
    const card = '---\nlicense: other\nlicense_name: its-own\nlanguage: de\n---\n';
    const told = await importFiles(encoderFiles({ 'README.md': card }), { languages: ['fr'] });
    expect(told.manifest).toMatchObject({ licence: 'its-own', languages: ['fr'] });
  });
});

async function importFiles(files: MadeFiles, options: ImportOptions = {}): Promise<ImportedModel> {
  const source = await writeFiles(join(await temporaryFolder(), 'made'), files);
  return importModel(await temporaryFolder(), source, options);
}

function classifier(id2label: Record<number, string>, label2id: Record<string, number> = {}) {
  return { architectures: ['XForSequenceClassification'], id2label, label2id };
}

function withData(bytes: number): Buffer {
  return madeOnnx({ external: { location: 'model.onnx_data', bytes } });
}

function lfsPointer(): string {
  return `version https://git-lfs.github.com/spec/v1\noid sha256:${'0'.repeat(64)}\nsize 12345\n`;
}
