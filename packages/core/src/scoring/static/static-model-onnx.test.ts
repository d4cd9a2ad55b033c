import { basename, dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTransformers } from '../transformers/load-transformers.js';
import { StaticModel } from './static-model.js';
import { readRealTexts, sharedFile } from './testing/read-texts.js';

const folder = sharedFile('models/potion-base-2M');
const library = await loadTransformers().catch(() => undefined);
const missing = folder === undefined ? '../shared/models is not here' : '@xenova/transformers is not installed';

describe.skipIf(folder === undefined || library === undefined)(
  `potion-base-2M, natively and as ONNX${folder && library ? '' : ` (skipped: ${missing})`}`,
  () => {
    it('gives the same vectors within 1e-3', async () => {
      if (folder === undefined || library === undefined) throw new Error(missing);
      library.env.localModelPath = dirname(folder);
      const extract = await library.pipeline('feature-extraction', basename(folder), {
        dtype: 'fp32',
        device: 'cpu',
        local_files_only: true,
      });
      const model = await StaticModel.load({ folder, weights: 'model2vec-native/model.safetensors' });
      const texts = (await readRealTexts(8)).filter((_, index, all) => index % Math.floor(all.length / 50) === 0);
      expect(texts.length).toBeGreaterThanOrEqual(50);
      for (const text of texts) {
        const { data } = await extract(text, { pooling: 'mean', normalize: true });
        const ours = model.embedText(text);
        const largest = Math.max(...ours.map((value, index) => Math.abs(value - Number(data[index]))));
        expect(ours.length).toBe(64);
        expect(largest).toBeLessThan(1e-3);
      }
      await extract.dispose();
    });
  },
);
