import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { TransformersLibrary } from '../scoring/transformers/load-transformers.js';

/** A place for models that is gone after the tests of a file; to be called outside of them. */
export function placeForModels(): (name: string) => string {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-tiny-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return (name) => join(folder, name);
}

/** What `pipeline('feature-extraction')` of transformers.js makes of texts, one by one and with nothing of ours. */
export async function extractFeatures(
  library: TransformersLibrary,
  folder: string,
  texts: readonly string[],
  options: { readonly pooling: 'mean' | 'cls' | 'last_token'; readonly normalize: boolean },
  graph = 'model',
): Promise<number[][]> {
  const settings = { dtype: 'fp32', device: 'cpu', local_files_only: true, model_file_name: graph } as const;
  const extract = await library.pipeline('feature-extraction', folder, settings);
  const vectors: number[][] = [];
  for (const text of texts) vectors.push(Array.from((await extract(text, options)).data, Number));
  await extract.dispose();
  return vectors;
}
