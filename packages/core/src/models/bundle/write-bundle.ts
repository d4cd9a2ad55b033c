import { join } from 'node:path';
import { DocketError } from '../../errors.js';
import { MANIFEST_NAME, type ModelManifest } from '../model-manifest.js';
import { formatManifest } from '../read-manifest.js';
import { writeArchive } from './write-archive.js';

/** Where a bundle is written. */
export interface BundleOptions {
  /** Folder of the installed model. */
  readonly folder: string;
  readonly manifest: ModelManifest;
  readonly file: string;
  /** Whether a file of that name is replaced. @default false */
  readonly replace?: boolean;
}

/**
 * Writes a model into one `.tar.gz`, its manifest first: the same model gives the same bytes. The file is there whole
 * or not at all.
 * @throws DocketError `request.invalid_input` when the file is there already, `model.checksum_mismatch` when the
 *   installed model is not what its manifest says, `resource.file_not_found` without a folder to write to, `capacity.disk_full`
 */
export async function writeBundle({ folder, manifest, file, replace = false }: BundleOptions): Promise<void> {
  const files = manifest.files.map(({ path, bytes, sha256 }) => {
    return { name: path, source: join(folder, path), bytes, sha256 };
  });
  const first = { name: MANIFEST_NAME, content: Buffer.from(formatManifest(manifest)) };
  await writeArchive({ entries: [first, ...files], file, replace, changed });
}

function changed(file: string): DocketError {
  const message = `${file} is not what the manifest says, so no bundle was made; import the model again with --replace`;
  return new DocketError('model.checksum_mismatch', message, { data: { file } });
}
