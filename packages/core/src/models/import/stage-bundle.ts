import { DocketError } from '../../errors.js';
import { unpackBundle } from '../bundle/unpack-bundle.js';
import { checkFile } from '../files/check-file.js';
import { isForPeople } from '../files/for-people.js';
import type { ModelManifest } from '../model-manifest.js';
import type { ImportOptions } from './import-options.js';
import { checkName, type StagedModel } from './stage-folder.js';

/**
 * Unpacks a bundle, which says itself what its model is.
 * @throws DocketError `model.incompatible`, `model.checksum_mismatch`, `request.invalid_input`
 */
export async function stageBundle(file: string, staged: string, options: ImportOptions): Promise<StagedModel> {
  if (options.variant !== undefined || options.embedding !== undefined) {
    const message = `the bundle ${file} says itself which variant, pooling and prefixes its model has; leave those options out`;
    throw new DocketError('request.invalid_input', message, { data: { field: 'variant' } });
  }
  const unpacked = await unpackBundle(file, staged);
  for (const { path } of unpacked.files) if (!isForPeople(path)) await checkFile(`${staged}/${path}`);
  const { kind: _, ...source } = unpacked.origin;
  const manifest: ModelManifest = {
    ...unpacked,
    name: checkName(options.name ?? unpacked.name),
    origin: options.origin ?? { kind: 'bundle', ...source },
    ...(options.licence === undefined ? {} : { licence: options.licence }),
    ...(options.languages === undefined ? {} : { languages: [...options.languages] }),
  };
  return { manifest, leftOut: [] };
}
