import { type FileHandle, mkdir, open, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { DocketError } from '../../errors.js';
import { checkStart } from '../files/check-file.js';
import { namedDiskFull, pathExists, syncFolder, writeSynced } from '../files/file-system.js';
import { hashFile } from '../files/hash-file.js';
import { listFiles } from '../files/list-files.js';
import { MANIFEST_NAME, type ModelFile, type ModelManifest } from '../model-manifest.js';
import { formatManifest, readManifest } from '../read-manifest.js';
import { makeStagingFolder, publish, sweepLeftovers } from '../staging.js';
import { compareModel, isWhole } from '../verify-model.js';
import type { ImportedModel, ImportOptions } from './import-options.js';
import { stageBundle } from './stage-bundle.js';
import { checkName, type StagedModel, stageFolder } from './stage-folder.js';

/**
 * Imports a model: recognises it, copies it beside the installed ones under a temporary name, and renames it when every
 * byte is on disk. A process that is killed leaves either no model or a whole one.
 * @param folder of all models
 * @param source a model's folder, or a bundle
 * @throws DocketError `resource.file_not_found`, `request.invalid_input` (no usable name, another model has it, no such
 *   variant), `model.incompatible` (`data.fault` says why), `model.checksum_mismatch`, `capacity.disk_full`
 */
export async function importModel(folder: string, source: string, options: ImportOptions = {}): Promise<ImportedModel> {
  if (options.name !== undefined) checkName(options.name);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await sweepLeftovers(folder);
  const staged = await makeStagingFolder(folder);
  try {
    const { manifest: draft, leftOut } = await stage(source, staged, options);
    const manifest = options.prepare ? await prepareFiles(staged, draft, options.prepare) : draft;
    const outcome = await settle(folder, staged, manifest, options.replace ?? false);
    const bytes = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
    return { manifest, folder: join(folder, manifest.name), bytes, outcome, leftOut };
  } catch (error) {
    throw namedDiskFull(error, folder);
  } finally {
    await rm(staged, { recursive: true, force: true });
  }
}

async function stage(source: string, staged: string, options: ImportOptions): Promise<StagedModel> {
  const status = await stat(source).catch((cause: unknown) => {
    const message = `there is nothing at ${source}; name the folder of a model or a bundle`;
    throw new DocketError('resource.file_not_found', message, { data: { path: source }, cause });
  });
  if (status.isDirectory()) return stageFolder(source, staged, options);
  if (status.isFile() && (await isGzip(source))) return stageBundle(source, staged, options);
  const message = `${source} is neither a folder nor a bundle (.tar.gz); to import a model, name the folder that has its config.json`;
  throw new DocketError('request.invalid_input', message, { data: { path: source } });
}

/** @throws DocketError `model.incompatible` for an LFS pointer, an HTML page or an empty file in a bundle's place */
async function isGzip(file: string): Promise<boolean> {
  await checkStart(file);
  const handle = await open(file, 'r');
  try {
    const { buffer } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return buffer[0] === 0x1f && buffer[1] === 0x8b;
  } finally {
    await handle.close();
  }
}

/** Lets the caller add files, then lists and hashes what is new. */
async function prepareFiles(
  staged: string,
  manifest: ModelManifest,
  prepare: NonNullable<ImportOptions['prepare']>,
): Promise<ModelManifest> {
  const before = await stampsOf(staged, manifest.files);
  await prepare(staged, manifest);
  const known = new Map(manifest.files.map((file) => [file.path, file]));
  const files: ModelFile[] = [];
  for (const path of (await listFiles(staged)).files) {
    const file = known.get(path);
    const isSame = file && before.get(path) === (await stampOf(join(staged, path)));
    files.push(isSame ? file : { path, ...(await hashSynced(join(staged, path))) });
  }
  return { ...manifest, files };
}

async function stampsOf(staged: string, files: readonly ModelFile[]): Promise<ReadonlyMap<string, string>> {
  const stamps = files.map(async ({ path }) => [path, await stampOf(join(staged, path))] as const);
  return new Map(await Promise.all(stamps));
}

async function stampOf(file: string): Promise<string> {
  const { size, ctimeNs, ino } = await stat(file, { bigint: true });
  return `${ino}-${size}-${ctimeNs}`;
}

async function hashSynced(file: string): Promise<{ bytes: number; sha256: string }> {
  const handle: FileHandle = await open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
  return hashFile(file);
}

async function settle(
  folder: string,
  staged: string,
  manifest: ModelManifest,
  replace: boolean,
): Promise<ImportedModel['outcome']> {
  const { name } = manifest;
  const target = join(folder, name);
  const isSame = await holdsSame(target, manifest);
  if (isSame === 'whole') return 'unchanged';
  const mayReplace = replace || isSame === 'damaged';
  if (!mayReplace && (await pathExists(target))) throw nameTaken(name, target);
  await writeSynced(join(staged, MANIFEST_NAME), formatManifest(manifest));
  for (const below of (await listFiles(staged)).folders) await syncFolder(join(staged, below));
  await syncFolder(staged);
  const outcome = await publish(folder, staged, { name, replace: mayReplace });
  if (outcome !== undefined) return outcome;
  // Another import was quicker; it may have brought the same.
  if ((await holdsSame(target, manifest)) === 'whole') return 'unchanged';
  throw nameTaken(name, target);
}

/** Whether the same model is installed; damaged, it may be replaced without being asked. */
async function holdsSame(target: string, manifest: ModelManifest): Promise<'whole' | 'damaged' | undefined> {
  const installed = await readManifest(target).catch(() => undefined);
  if (!installed || !isDeepStrictEqual(contentOf(installed), contentOf(manifest))) return undefined;
  return isWhole(await compareModel(target, installed)) ? 'whole' : 'damaged';
}

function contentOf({ tasks, files, static: statics, embedding, zeroShot }: ModelManifest) {
  return { tasks, files, statics, embedding, zeroShot };
}

function nameTaken(name: string, folder: string): DocketError {
  const message = `another model is installed as ${name} in ${folder}; replace it with --replace, or give this one another name with --name`;
  return new DocketError('request.invalid_input', message, { data: { field: 'name', name, folder } });
}
