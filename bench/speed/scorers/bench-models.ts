import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installModel, ModelRegistry } from '@docket/core';
import { writeBertShape } from './bert-shape.js';

const potion = fileURLToPath(new URL('../../../../shared/models/potion-base-2M', import.meta.url));

/** Models that speed is measured with, installed in a folder of their own. */
export interface BenchModels extends AsyncDisposable {
  readonly folder: string;
  readonly registry: ModelRegistry;
  /** Whether potion-base-2M, the model with real weights, is among them. */
  readonly hasPotion: boolean;
}

/** Installs an encoder and an NLI model of MiniLM's shape with random weights, and potion-base-2M where it is at hand. */
export async function installBenchModels(): Promise<BenchModels> {
  const home = await mkdtemp(join(tmpdir(), 'docket-bench-'));
  const folder = join(home, 'models');
  const registry = new ModelRegistry({ folder });
  for (const [name, head] of [['encoder', 'encoder'] as const, ['nli', 'entailment'] as const]) {
    await writeBertShape(join(home, name), head);
    await installModel(registry, join(home, name));
  }
  const hasPotion = existsSync(potion);
  if (hasPotion) await installModel(registry, potion);
  return { folder, registry, hasPotion, [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) };
}
