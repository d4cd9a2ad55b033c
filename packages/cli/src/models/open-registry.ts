import { BUILT_IN_MODEL, DocketError, loadConfiguration, ModelRegistry, modelsFolder } from '@docket/core';
import type { Shell } from '../shell.js';

/** The models in the data folder that the configuration names. */
export async function openRegistry({ env, folder }: Shell): Promise<ModelRegistry> {
  const { values } = await loadConfiguration({ environment: env, folder });
  return new ModelRegistry({ folder: modelsFolder(values.home) });
}

/** @throws DocketError `request.invalid_usage` for the model that comes with Docket */
export function refuseBuiltIn(name: string, what: string): void {
  if (name !== BUILT_IN_MODEL) return;
  throw new DocketError('request.invalid_usage', `${name} comes with Docket: it cannot be ${what}`, { data: { name } });
}
