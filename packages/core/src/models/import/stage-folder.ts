import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DocketError } from '../../errors.js';
import { readPieces, writeHashed } from '../files/hash-file.js';
import { type ModelFile, type ModelManifest, modelNameSchema } from '../model-manifest.js';
import type { ImportOptions, LeftOut } from './import-options.js';
import { readCard } from './read-card.js';
import { recogniseModel } from './recognise-model.js';
import { SourceFolder } from './source-folder.js';

/** A model whose files lie in a temporary folder. */
export interface StagedModel {
  readonly manifest: ModelManifest;
  readonly leftOut: readonly LeftOut[];
}

/**
 * Recognises the model of a folder and copies its files.
 * @throws DocketError `model.incompatible`, `request.invalid_input`
 */
export async function stageFolder(folder: string, staged: string, options: ImportOptions): Promise<StagedModel> {
  const source = await SourceFolder.list(folder);
  const name = checkName(options.name ?? source.name);
  const { files: paths, ...model } = await recogniseModel(source, options);
  const card = await readCard(source);
  const licence = options.licence ?? card.licence;
  const languages = options.languages ?? card.languages;
  const files: ModelFile[] = [];
  for (const path of paths) files.push(await copy(source, path, staged));
  const manifest: ModelManifest = {
    format: 1,
    name,
    tasks: model.tasks,
    origin: options.origin ?? { kind: 'folder' },
    ...(licence === undefined ? {} : { licence }),
    ...(languages === undefined ? {} : { languages: [...languages] }),
    files,
    ...(model.static ? { static: model.static } : {}),
    ...(model.embedding ? { embedding: model.embedding } : {}),
    ...(model.zeroShot ? { zeroShot: model.zeroShot } : {}),
  };
  return { manifest, leftOut: source.leftOut };
}

/** @throws DocketError `request.invalid_input` for a name that a folder cannot have on every system */
export function checkName(name: string): string {
  const parsed = modelNameSchema.safeParse(name);
  if (parsed.success) return parsed.data;
  const message = `${JSON.stringify(name)} cannot be the name of a model: ${parsed.error.issues[0]?.message}; give one with --name`;
  throw new DocketError('request.invalid_input', message, { data: { field: 'name', name } });
}

async function copy(source: SourceFolder, path: string, staged: string): Promise<ModelFile> {
  const target = join(staged, path);
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  return { path, ...(await writeHashed(target, readPieces(source.locate(path)))) };
}
