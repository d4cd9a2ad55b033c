import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { installModel, ModelRegistry } from '@docket/core';
import { CONFIGURATIONS } from './configurations.js';

const shared = fileURLToPath(new URL('../../../../shared/models/', import.meta.url));

/** Installs the models that are compared, as far as ../shared/models has them. @param folder of models */
export async function installShared(folder: string): Promise<void> {
  const registry = new ModelRegistry({ folder });
  const names = new Set(CONFIGURATIONS.flatMap(({ model }) => model ?? []));
  for (const name of names) if (existsSync(`${shared}${name}`)) await installModel(registry, `${shared}${name}`);
}
