import { join } from 'node:path';
import { staticModelFolder } from '@docket/models';
import { hashFile } from './models/files/hash-file.js';
import { listFiles } from './models/files/list-files.js';
import type { ModelFile, ModelManifest } from './models/model-manifest.js';
import type { InstalledModel } from './models/model-registry.js';
import { BUILT_IN_MODEL } from './scoring/static/built-in.js';

/** Describes the model that Docket brings as if it had been installed. Reads and hashes its files. */
export async function builtInModel(): Promise<InstalledModel> {
  const files: ModelFile[] = [];
  for (const path of (await listFiles(staticModelFolder)).files) {
    files.push({ path, ...(await hashFile(join(staticModelFolder, path))) });
  }
  const manifest: ModelManifest = {
    format: 1,
    name: BUILT_IN_MODEL,
    tasks: ['static'],
    origin: { kind: 'folder' },
    licence: 'Apache-2.0',
    languages: ['en'],
    files,
    static: { weights: 'model.safetensors', tokenizer: 'tokenizer.json', normalize: true },
  };
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return { name: BUILT_IN_MODEL, folder: staticModelFolder, manifest, bytes };
}
