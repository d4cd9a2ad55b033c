import { beforeAll, describe, expect, it, vi } from 'vitest';
import { placeForModels } from '../../testing/temporary-models.js';
import { writeTinyEmbeddingModel } from '../../testing/tiny-onnx-models.js';
import { TINY_VOCABULARY } from '../../testing/tiny-onnx-tokenizer.js';
import { loadTransformers, type TransformersLibrary } from './load-transformers.js';
import { OnnxModel } from './onnx-model.js';
import { TransformerEncoder } from './transformer-encoder.js';

type Tensor = InstanceType<TransformersLibrary['Tensor']>;
type Tensors = Record<string, Tensor>;

const place = placeForModels();

let library: TransformersLibrary;

beforeAll(async () => {
  library = await loadTransformers();
  await writeTinyEmbeddingModel(place('tiny'), { hasExtras: true });
});

/** Notes the tensors that go into graphs and come out, while something runs. */
async function tensorsOf(work: () => Promise<unknown>): Promise<readonly Tensor[]> {
  const seen: Tensor[] = [];
  const { forward } = library.PreTrainedModel.prototype;
  const spy = vi.spyOn(library.PreTrainedModel.prototype, 'forward');
  spy.mockImplementation(async function (this: typeof library.PreTrainedModel.prototype, inputs: Tensors) {
    seen.push(...Object.values(inputs));
    const outputs = (await forward.call(this, inputs)) as Tensors;
    seen.push(...Object.values(outputs));
    return outputs;
  });
  await work().finally(() => spy.mockRestore());
  return seen;
}

const settings = {
  variant: 'onnx/model.onnx',
  pooling: 'mean',
  normalize: true,
  prefixes: { rule: '', passage: '' },
  maxTokens: 64,
} as const;

describe('memory', () => {
  it('is given back: each tensor is disposed of, over 300 texts', async () => {
    const tensors = await tensorsOf(async () => {
      const encoder = await TransformerEncoder.load({ name: 'tiny', folder: place('tiny'), identity: 'x', settings });
      const texts = Array.from({ length: 300 }, (_, index) => 'invoice '.repeat(1 + (index % 60)));
      expect(await encoder.embed(texts, 'passage')).toHaveLength(300);
      await encoder.dispose();
    });
    expect(tensors.length).toBe(301 * (4 + 4));
    expect(new Set(tensors.map(({ location }) => location))).toEqual(new Set(['none']));
  });

  it('is given back when a run fails', async () => {
    const model = await OnnxModel.load({
      name: 'tiny',
      folder: place('tiny'),
      variant: settings.variant,
      head: 'encoder',
    });
    const tensors = await tensorsOf(async () => {
      const outOfRange = { ids: [TINY_VOCABULARY.length], typeIds: [0] };
      await expect(model.run(outOfRange)).rejects.toMatchObject({
        code: 'model.incompatible',
        message: expect.stringContaining('model.onnx: '),
      });
    });
    expect(tensors.map(({ location }) => location)).toEqual(Array(4).fill('none'));
    await model.dispose();
  });
});

describe('outputs', () => {
  it('are those of floats, by name', async () => {
    const model = await OnnxModel.load({
      name: 'tiny',
      folder: place('tiny'),
      variant: settings.variant,
      head: 'encoder',
    });
    const outputs = await model.run({ ids: [5, 6, 7], typeIds: [] });
    expect([...outputs].map(([name, { dimensions }]) => [name, dimensions])).toEqual([
      ['hidden_states.0', [1, 3, 16]],
      ['pooler_output', [1, 16]],
      ['last_hidden_state', [1, 3, 16]],
    ]);
    await model.dispose();
  });
});
