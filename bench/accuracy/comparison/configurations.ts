import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DocketError, type Engine, loadEngine, type ScorerName } from '@docket/core';

/** A scorer that is compared, alone or fused with `evidence`. */
export interface ScorerConfiguration {
  readonly name: string;
  readonly scorer: ScorerName;
  /** An installed model; absent: the built-in one, where the scorer has one. */
  readonly model?: string;
}

/** What is compared: one line each, measured with the knowledge on and off. */
export const CONFIGURATIONS: readonly ScorerConfiguration[] = [
  { name: 'evidence', scorer: 'evidence' },
  { name: 'static (built-in)', scorer: 'static' },
  { name: 'static, potion-base-2M', scorer: 'static', model: 'potion-base-2M' },
  { name: 'embedding, potion-base-2M', scorer: 'embedding', model: 'potion-base-2M' },
  { name: 'auto (fused)', scorer: 'auto' },
  { name: 'auto, potion-base-2M', scorer: 'auto', model: 'potion-base-2M' },
];

/** An engine that can be measured, or why not. */
export type LoadedConfiguration =
  | { readonly configuration: ScorerConfiguration; readonly engine: Engine }
  | { readonly configuration: ScorerConfiguration; readonly leftOut: string };

/**
 * Loads the engine of a configuration.
 * @param knowledge as `--knowledge` takes it
 * @param modelsFolder where models are installed
 * @throws DocketError other than that the scorer or its model is not here
 */
export async function loadConfigured(
  configuration: ScorerConfiguration,
  knowledge: string,
  modelsFolder: string,
): Promise<LoadedConfiguration> {
  const { scorer, model } = configuration;
  if (model && !existsSync(join(modelsFolder, model, 'docket-model.json'))) {
    return { configuration, leftOut: `the model ${model} is not installed (docket models import)` };
  }
  try {
    const options = { scorer, knowledge, ...(model ? { model, modelsFolder } : {}) };
    return { configuration, engine: await loadEngine(options) };
  } catch (error) {
    if (!(error instanceof DocketError) || error.code !== 'model.not_installed') throw error;
    return { configuration, leftOut: error.message };
  }
}
