import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { installModel, ModelRegistry, type ScorerName } from '@docket/core';
import { writeTinyEmbeddingModel, writeTinyNliModel } from '../../packages/core/src/testing/tiny-onnx-models.js';

const run = promisify(execFile);
const probe = fileURLToPath(new URL('./memory-probe.mjs', import.meta.url));

/** Resident memory of a process while it classified. */
export interface MemoryRun {
  readonly scorer: ScorerName;
  readonly samples: readonly MemorySample[];
}

/** A look at the process. */
export interface MemorySample {
  readonly documents: number;
  readonly bytes: number;
}

/** Classifies so many documents in a process of its own, built JavaScript, with a small model of the scorer's kind. */
export async function measureMemory(scorer: 'auto' | 'embedding' | 'zero-shot', documents: number): Promise<MemoryRun> {
  const home = await mkdtemp(join(tmpdir(), 'docket-memory-'));
  try {
    const modelsFolder = join(home, 'models');
    const registry = new ModelRegistry({ folder: modelsFolder });
    if (scorer !== 'auto') {
      const write = scorer === 'embedding' ? writeTinyEmbeddingModel : writeTinyNliModel;
      await write(join(home, 'tiny'));
      await installModel(registry, join(home, 'tiny'));
    }
    const model = scorer === 'auto' ? {} : { model: 'tiny', modelsFolder };
    const argument = JSON.stringify({ documents, options: { scorer, ...model } });
    const { stdout } = await run(process.execPath, ['--expose-gc', probe, argument], { maxBuffer: 1e8 });
    return { scorer, samples: JSON.parse(stdout) };
  } finally {
    await rm(home, { recursive: true });
  }
}
