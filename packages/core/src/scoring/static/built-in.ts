import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { type Background, readBackground } from '../semantic/background.js';
import { StaticModel } from './static-model.js';

/** The name of the model that Docket brings. */
export const BUILT_IN_MODEL = 'docket-static-en';

/** Standard deviation of its cosines over the background texts; scores of other models are brought to it. */
export const BUILT_IN_DEVIATION = 0.122;

/** A static model with its background. */
export interface BuiltInStatic {
  readonly encoder: StaticModel;
  readonly background: Background;
}

/** Loads Docket's own static embedding. */
export async function loadBuiltInStatic(): Promise<BuiltInStatic> {
  const encoder = await StaticModel.load({ folder: staticModelFolder, name: BUILT_IN_MODEL });
  const file = join(staticModelFolder, 'background.json');
  const background = await readBackground(file, { dimensions: encoder.dimensions, deviation: BUILT_IN_DEVIATION });
  return { encoder, background };
}
