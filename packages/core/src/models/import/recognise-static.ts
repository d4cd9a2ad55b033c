import { DocketError } from '../../errors.js';
import { checkStart } from '../files/check-file.js';
import { modelFault } from '../files/model-fault.js';
import { readSafetensorsHeader } from '../files/safetensors-header.js';
import type { ModelManifest } from '../model-manifest.js';
import { readModelConfig } from './model-config.js';
import type { SourceFolder } from './source-folder.js';

const WEIGHTS = 'model.safetensors';
/** Files that show that a folder is a model's, whose sub-folders may then hold another form of it. */
const SIGNS = ['config.json', 'tokenizer.json', 'modules.json', 'README.md'];

/**
 * Recognises static embeddings in Model2Vec's layout, at the top of a folder or in one below it.
 * @param isAlone whether the folder holds no graph, so that unreadable weights cannot be passed over
 * @throws DocketError `model.incompatible`
 */
export async function recogniseStatic(
  source: SourceFolder,
  isAlone: boolean,
): Promise<ModelManifest['static'] | undefined> {
  const places = source.paths.filter((path) => path === WEIGHTS || /^[^/]+\/model\.safetensors$/.test(path));
  const isModel = SIGNS.some((path) => source.has(path));
  const candidates = places.filter((path) => path === WEIGHTS || isModel).map((path) => path.slice(0, -WEIGHTS.length));
  for (const prefix of candidates.sort((one, other) => one.length - other.length)) {
    if (await isStatic(source, prefix, isAlone && prefix === '')) return staticSettings(source, prefix);
  }
  return undefined;
}

async function staticSettings(source: SourceFolder, prefix: string): Promise<NonNullable<ModelManifest['static']>> {
  const tokenizer = `${prefix}tokenizer.json`;
  if (!source.has(tokenizer)) {
    const weights = source.locate(`${prefix}${WEIGHTS}`);
    const message = `${weights} is a static model without a tokenizer.json beside it; download that too`;
    throw modelFault({ fault: 'no_tokenizer', message, file: weights });
  }
  const config = await readModelConfig(source, `${prefix}config.json`);
  return { weights: `${prefix}${WEIGHTS}`, tokenizer, normalize: config?.normalize ?? true };
}

async function isStatic(source: SourceFolder, prefix: string, isAlone: boolean): Promise<boolean> {
  const config = await readModelConfig(source, `${prefix}config.json`);
  const isNamed = config?.model_type === 'model2vec';
  try {
    const file = source.locate(`${prefix}${WEIGHTS}`);
    await checkStart(file);
    return (await readSafetensorsHeader(file)).get('embeddings')?.shape.length === 2;
  } catch (error) {
    // The weights of a transformer that has a graph are not needed.
    if (isNamed || isAlone || !(error instanceof DocketError)) throw error;
    return false;
  }
}
