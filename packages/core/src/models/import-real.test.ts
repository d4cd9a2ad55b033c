import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { staticModelFolder } from '@docket/models';
import { describe, expect, it } from 'vitest';
import { ModelRegistry } from './model-registry.js';
import { temporaryFolder } from './testing/made-models.js';

const potion = fileURLToPath(new URL('../../../../../shared/models/potion-base-2M', import.meta.url));
const hasPotion = existsSync(join(potion, 'config.json'));
const message = hasPotion ? '' : ' (skipped: ../shared/models is not here)';

describe('the built-in static model', () => {
  it('imports as a static model', async () => {
    const registry = new ModelRegistry({ folder: await temporaryFolder() });
    const { manifest } = await registry.import(staticModelFolder);
    expect(manifest).toMatchObject({
      name: 'static-en',
      tasks: ['static'],
      static: { weights: 'model.safetensors', tokenizer: 'tokenizer.json', normalize: true },
    });
    expect(manifest.files.map(({ path }) => path)).toContain('background.json');
    await registry.verify('static-en');
  });
});

describe.skipIf(!hasPotion)(`potion-base-2M${message}`, () => {
  it('imports for two scorers', async () => {
    const registry = new ModelRegistry({ folder: await temporaryFolder() });
    const { manifest, leftOut } = await registry.import(potion);
    expect(manifest).toMatchObject({
      name: 'potion-base-2M',
      tasks: ['static', 'embedding'],
      static: {
        weights: 'model2vec-native/model.safetensors',
        tokenizer: 'model2vec-native/tokenizer.json',
        normalize: true,
      },
      embedding: {
        variant: 'onnx/model.onnx',
        pooling: 'mean',
        normalize: true,
        prefixes: { rule: '', passage: '' },
        maxTokens: 512,
        family: 'model2vec',
      },
    });
    expect(leftOut).toEqual([{ path: 'onnx/model_quantized.onnx', reason: 'another variant' }]);
    expect(manifest.files.map(({ path }) => path)).toContain('LICENSE-NOTICE');
    await registry.verify('potion-base-2M');
  });

  it('goes through a bundle unchanged', async () => {
    const folder = await temporaryFolder();
    const registry = new ModelRegistry({ folder: join(folder, 'here') });
    const elsewhere = new ModelRegistry({ folder: join(folder, 'there') });
    await registry.import(potion, { variant: 'quantized' });
    const file = join(folder, 'potion.tar.gz');
    const { manifest } = await registry.bundle('potion-base-2M', file);
    expect(manifest.embedding?.variant).toBe('onnx/model_quantized.onnx');
    expect((await elsewhere.import(file)).manifest.files).toEqual(manifest.files);
    await elsewhere.verify('potion-base-2M');
  });
});
