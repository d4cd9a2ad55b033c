import { beforeAll, describe, expect, it } from 'vitest';
import { placeForModels } from '../../testing/temporary-models.js';
import { type TinyLabel, writeTinyNliModel } from '../../testing/tiny-onnx-models.js';
import type { EntailmentPair } from '../zero-shot/entailment-model.js';
import { loadTransformers } from './load-transformers.js';
import { NliModel, type NliModelOptions } from './nli-model.js';

type Settings = NliModelOptions['settings'];

const THREE: readonly TinyLabel[] = ['contradiction', 'neutral', 'entailment'];

const PAIRS: readonly EntailmentPair[] = [
  { premise: 'Invoice 4711, total amount due in 30 days', hypothesis: 'This document is an invoice.' },
  { premise: 'Invoice 4711, total amount due in 30 days', hypothesis: 'This document is about insurance.' },
  { premise: '', hypothesis: 'This document is a lease.' },
];

const place = placeForModels();

beforeAll(async () => {
  await writeTinyNliModel(place('three'), { labels: THREE });
  await writeTinyNliModel(place('turned'), { labels: ['entailment', 'neutral', 'contradiction'] });
  await writeTinyNliModel(place('two'), { labels: ['entailment', 'contradiction'] });
});

function load(folder: string, settings: Partial<Settings> = {}, threads = 1): Promise<NliModel> {
  const defaults = { variant: 'onnx/model.onnx', entailment: 2, labels: 3, maxTokens: 256 };
  return NliModel.load({
    name: 'tiny-nli',
    folder: place(folder),
    identity: 'nli@0',
    settings: { ...defaults, ...settings },
    threads,
  });
}

async function entail(folder: string, pairs: readonly EntailmentPair[], settings: Partial<Settings> = {}, threads = 1) {
  const model = await load(folder, settings, threads);
  const answers = await model.entail(pairs);
  await model.dispose();
  return answers;
}

/** The odds of a label from the model's own logits, with nothing of ours. */
async function oddsByHand(folder: string, { premise, hypothesis }: EntailmentPair, label: number): Promise<number> {
  const library = await loadTransformers();
  const options = { local_files_only: true } as const;
  const tokenizer = await library.AutoTokenizer.from_pretrained(place(folder), options);
  const model = await library.AutoModelForSequenceClassification.from_pretrained(place(folder), {
    ...options,
    dtype: 'fp32',
    device: 'cpu',
  });
  const { logits } = await model(tokenizer(premise, { text_pair: hypothesis }));
  await model.dispose();
  const exponentials = Array.from(logits.data as Float32Array, Math.exp);
  const share = (exponentials[label] ?? 0) / exponentials.reduce((sum, one) => sum + one, 0);
  return share / (1 - share);
}

describe('log-odds of entailment', () => {
  it.each([
    ['three', 2, 3],
    ['turned', 0, 3],
    ['two', 0, 2],
  ])('are those of the logits: %s labels, entailment is number %i', async (folder, entailment, labels) => {
    const answers = await entail(folder, PAIRS, { entailment, labels });
    for (const [index, pair] of PAIRS.entries()) {
      expect(answers[index]).toBeCloseTo(Math.log(await oddsByHand(folder, pair, entailment)), 4);
    }
    expect(answers[0]).toBeGreaterThan(2);
    expect(answers[1]).toBeLessThan(-2);
  });

  it('are those of the label that the manifest names, not of a place', async () => {
    const [right] = await entail('turned', PAIRS, { entailment: 0 });
    const [wrong] = await entail('turned', PAIRS, { entailment: 2 });
    expect(right).toBeGreaterThan(2);
    expect(wrong).toBeLessThan(-2);
  });

  it.each(['onnx/model.onnx', 'onnx/model_quantized.onnx'])(
    'have the same bytes alone, in another order and on two threads: %s',
    async (variant) => {
      const together = await entail('three', PAIRS, { variant });
      expect(await entail('three', [...PAIRS].reverse(), { variant }, 2)).toEqual([...together].reverse());
      for (const [index, pair] of PAIRS.entries()) {
        expect(await entail('three', [pair], { variant })).toEqual([together[index]]);
      }
    },
  );
});

describe('the window', () => {
  const long = `${'agreement '.repeat(300)}invoice`;
  const hypothesis = 'This document is an invoice with a total amount.';

  it('takes tokens from the premise alone, from its end', async () => {
    const settings = { maxTokens: 20 };
    // [CLS] premise [SEP] this document is an invoice with a total amount . [SEP]
    const kept = { premise: 'agreement '.repeat(7), hypothesis };
    expect(await entail('three', [{ premise: long, hypothesis }], settings)).toEqual(await entail('three', [kept]));
    const shorter = { premise: 'agreement '.repeat(6), hypothesis };
    expect(await entail('three', [shorter])).not.toEqual(await entail('three', [kept]));
  });

  it('never cuts the hypothesis: one that fills the window is refused', async () => {
    const model = await load('three', { maxTokens: 13 });
    await expect(model.entail([{ premise: long, hypothesis }])).rejects.toMatchObject({
      code: 'request.invalid_rules',
      message: expect.stringMatching(/sentence of 10 tokens, and model "tiny-nli" reads 13.*shorten the description/),
      data: { tokens: 10, maxTokens: 13, model: 'tiny-nli' },
    });
    expect(await model.entail([{ premise: '', hypothesis }])).toHaveLength(1);
    await model.dispose();
    expect(await entail('three', [{ premise: long, hypothesis }], { maxTokens: 14 })).toHaveLength(1);
  });
});

describe('a model that is not what its manifest says', () => {
  it.each([
    ['three', { labels: 2, entailment: 0 }, 'the graph gives 3 logits, the manifest says 2 labels'],
    ['two', {}, 'the graph gives 2 logits, the manifest says 3 labels'],
  ])('is refused: %s labels, %o', async (folder, settings, message) => {
    const failure = { code: 'model.incompatible', message: expect.stringContaining(message) };
    await expect(load(folder, settings)).rejects.toMatchObject(failure);
  });

  it('is refused when the graph gives NaN', async () => {
    await writeTinyNliModel(place('spoilt'), { isSpoilt: true });
    await expect(load('spoilt')).rejects.toThrow('model.onnx: the graph gives numbers that are not finite');
  });
});
