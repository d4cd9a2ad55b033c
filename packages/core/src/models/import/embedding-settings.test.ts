import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { encoderFiles, type MadeFiles, madeOnnx, temporaryFolder, writeFiles } from '../testing/made-models.js';
import { importModel } from './import-model.js';
import type { ImportOptions } from './import-options.js';

const MODULES = [
  { type: 'sentence_transformers.models.Transformer', path: '' },
  { type: 'sentence_transformers.models.Pooling', path: '1_Pooling' },
];

describe('pooling, normalisation and prefixes', () => {
  it('of nobody known: mean, normalised, no prefixes', async () => {
    expect(await settingsOf('unheard-of', {})).toEqual({
      variant: 'onnx/model.onnx',
      pooling: 'mean',
      normalize: true,
      prefixes: { rule: '', passage: '' },
      maxTokens: 512,
    });
  });

  it('of a family by the name of the folder', async () => {
    expect(await settingsOf('multilingual-e5-small', {})).toMatchObject({
      pooling: 'mean',
      prefixes: { rule: 'query: ', passage: 'passage: ' },
      family: 'multilingual-e5',
    });
  });

  it('of a family by the repository before all other names', async () => {
    const origin = { kind: 'hub', repository: 'BAAI/bge-small-en-v1.5' } as const;
    expect(await settingsOf('e5-small', {}, { origin })).toMatchObject({ pooling: 'cls', family: 'bge' });
  });

  it('of a family by what config.json says it comes from', async () => {
    const config = { architectures: ['BertModel'], _name_or_path: 'intfloat/e5-small-v2' };
    expect(await settingsOf('x', { 'config.json': config })).toMatchObject({ family: 'e5' });
  });

  it('of static embeddings written as a graph', async () => {
    const config = { model_type: 'bert', num_hidden_layers: 0, max_position_embeddings: 1_000_000 };
    const settings = await settingsOf('x', { 'config.json': config });
    expect(settings).toMatchObject({ family: 'model2vec', pooling: 'mean', maxTokens: 512 });
  });

  it('as sentence-transformers has them, before the family', async () => {
    const files = { 'modules.json': MODULES, '1_Pooling/config.json': { pooling_mode_cls_token: true } };
    const settings = await settingsOf('e5-small-v2', files);
    expect(settings).toMatchObject({ pooling: 'cls', normalize: false, family: 'e5' });
    const normalising = [...MODULES, { type: 'sentence_transformers.models.Normalize', path: '2_Normalize' }];
    expect(await settingsOf('x', { ...files, 'modules.json': normalising })).toMatchObject({ normalize: true });
  });

  it('with the prompts of sentence-transformers', async () => {
    const prompts = { query: 'find: ', document: 'text: ' };
    const files = { 'config_sentence_transformers.json': { prompts } };
    expect(await settingsOf('bge-small-en', files)).toMatchObject({ prefixes: { rule: 'find: ', passage: 'text: ' } });
    const empty = { 'config_sentence_transformers.json': { prompts: { query: '', document: '' } } };
    expect(await settingsOf('e5-small', empty)).toMatchObject({ prefixes: { rule: 'query: ', passage: 'passage: ' } });
  });

  it('as the importer says, before all else', async () => {
    const embedding = { pooling: 'last_token', normalize: false, prefixes: { rule: 'r: ' }, maxTokens: 99 } as const;
    expect(await settingsOf('e5-small', { 'modules.json': MODULES }, { embedding })).toMatchObject({
      ...embedding,
      prefixes: { rule: 'r: ', passage: 'passage: ' },
    });
  });

  it('of a graph that gives one vector per text: nothing to pool', async () => {
    const graph = madeOnnx({ outputs: ['sentence_embedding'] });
    expect(await settingsOf('x', { 'onnx/model.onnx': graph })).toMatchObject({ pooling: 'none' });
  });

  it.each<MadeFiles>([
    { '1_Pooling/config.json': { pooling_mode_max_tokens: true } },
    { '1_Pooling/config.json': { pooling_mode_mean_tokens: true, pooling_mode_cls_token: true } },
    { '1_Pooling/config.json': { pooling_mode: 'weightedmean' } },
    { 'modules.json': [...MODULES, { type: 'sentence_transformers.models.Dense', path: '2_Dense' }] },
  ])('refuses what it cannot do, unless the importer says otherwise (%#)', async (files) => {
    const all = { 'modules.json': MODULES, '1_Pooling/config.json': {}, ...files };
    await expect(settingsOf('x', all)).rejects.toMatchObject({ data: { fault: 'unsupported_pooling' } });
    expect(await settingsOf('x', all, { embedding: { pooling: 'mean' } })).toMatchObject({ pooling: 'mean' });
  });
});

describe('the window', () => {
  it.each<[string, MadeFiles, number]>([
    ['x', { 'tokenizer_config.json': { model_max_length: 128 } }, 128],
    ['x', { 'tokenizer_config.json': { model_max_length: 1e30 } }, 512],
    ['x', { 'sentence_bert_config.json': { max_seq_length: 256 } }, 256],
    ['x', { 'config.json': { max_position_embeddings: 64 } }, 64],
    ['x', { 'config.json': {}, 'tokenizer_config.json': {} }, 512],
    ['all-MiniLM-L6-v2', {}, 256],
    ['nomic-embed-text-v1', { 'config.json': {}, 'tokenizer_config.json': { model_max_length: 8192 } }, 8192],
  ])('of %s is the least that is told (%#)', async (name, files, maxTokens) => {
    expect(await settingsOf(name, files)).toMatchObject({ maxTokens });
  });
});

async function settingsOf(name: string, files: MadeFiles, options: ImportOptions = {}) {
  const source = await writeFiles(join(await temporaryFolder(), name), encoderFiles(files));
  return (await importModel(await temporaryFolder(), source, options)).manifest.embedding;
}
