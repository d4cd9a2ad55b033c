import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DocketError } from '../errors.js';
import { hashFile } from './files/hash-file.js';
import { listFiles } from './files/list-files.js';
import { MANIFEST_NAME, type ModelManifest } from './model-manifest.js';

/** How a model's folder differs from its manifest: paths, sorted. */
export interface ModelDifferences {
  readonly missing: readonly string[];
  readonly changed: readonly string[];
  /** Files that the manifest does not list; hidden ones, which systems leave about, do not count. */
  readonly extra: readonly string[];
}

/** Compares every file of a model with its manifest, reading all of them. */
export async function compareModel(folder: string, manifest: ModelManifest): Promise<ModelDifferences> {
  const { files, others } = await listFiles(folder);
  const there = new Set(files);
  const listed = new Set(manifest.files.map(({ path }) => path));
  const missing: string[] = [];
  const changed: string[] = [];
  for (const { path, bytes, sha256 } of manifest.files) {
    if (!there.has(path)) (others.includes(path) ? changed : missing).push(path);
    else {
      const found = await hashFile(join(folder, path));
      if (found.bytes !== bytes || found.sha256 !== sha256) changed.push(path);
    }
  }
  const isExtra = (path: string) => !listed.has(path) && path !== MANIFEST_NAME && !/(?:^|\/)\./.test(path);
  return { missing, changed, extra: [...files, ...others].filter(isExtra).sort() };
}

/** Whether a folder holds what its manifest says and nothing else. */
export function isWhole({ missing, changed, extra }: ModelDifferences): boolean {
  return missing.length === 0 && changed.length === 0 && extra.length === 0;
}

/**
 * Checks that the files of a model are there with their sizes, without reading them.
 * @throws DocketError `model.checksum_mismatch` naming the file
 */
export async function checkSizes(folder: string, { name, files }: ModelManifest): Promise<void> {
  for (const { path, bytes } of files) {
    const file = join(folder, path);
    const size = await stat(file).then(
      (status) => (status.isFile() ? status.size : undefined),
      () => undefined,
    );
    if (size === bytes) continue;
    const problem = size === undefined ? 'is gone' : `has ${size} bytes and not ${bytes}`;
    const message = `the model ${name} is damaged: ${file} ${problem}; \`docket models verify ${name}\` shows all, and importing it again with --replace mends it`;
    throw new DocketError('model.checksum_mismatch', message, { data: { name, file, bytes: size, expected: bytes } });
  }
}

/** The error for a model that differs from its manifest. */
export function differenceError(name: string, differences: ModelDifferences): DocketError {
  const parts = (['missing', 'changed', 'extra'] as const)
    .filter((kind) => differences[kind].length > 0)
    .map((kind) => `${kind}: ${differences[kind].join(', ')}`);
  const message = `the model ${name} is not what its manifest says (${parts.join('; ')}); import it again with --replace`;
  return new DocketError('model.checksum_mismatch', message, { data: { name, ...differences } });
}
