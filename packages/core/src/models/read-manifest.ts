import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DocketError } from '../errors.js';
import { modelFault } from './files/model-fault.js';
import { isSafePath } from './files/safe-path.js';
import { MANIFEST_NAME, type ModelManifest, modelManifestSchema } from './model-manifest.js';

/**
 * Reads the manifest of a model's folder.
 * @throws DocketError `model.incompatible` when it cannot be read or says what cannot be
 */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const file = join(folder, MANIFEST_NAME);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw invalidManifest(file, 'it cannot be read', error);
  }
  return parseManifest(text, file);
}

/**
 * @param file where the text comes from, for messages
 * @throws DocketError `model.incompatible`
 */
export function parseManifest(text: string, file: string): ModelManifest {
  let manifest: ModelManifest;
  try {
    manifest = modelManifestSchema.parse(JSON.parse(text));
  } catch (error) {
    throw invalidManifest(file, 'it is not one, or a newer Docket wrote it', error);
  }
  const problem = contradictionIn(manifest);
  if (problem) throw invalidManifest(file, problem);
  return manifest;
}

/** The bytes of a manifest, the same for the same model. */
export function formatManifest(manifest: ModelManifest): string {
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

function contradictionIn({ files, tasks, ...parts }: ModelManifest): string | undefined {
  const paths = new Set(files.map(({ path }) => path));
  const unsafe = [...paths].find((path) => !isSafePath(path) || path === MANIFEST_NAME);
  if (unsafe !== undefined) return `it lists a file outside the model, ${JSON.stringify(unsafe)}`;
  if (paths.size < files.length) return 'it lists a file twice';
  const named = {
    static: parts.static && [parts.static.weights, parts.static.tokenizer],
    embedding: parts.embedding && [parts.embedding.variant],
    'zero-shot': parts.zeroShot && [parts.zeroShot.variant],
  };
  for (const task of tasks) {
    const wanted = named[task];
    if (!wanted) return `it has no settings for ${task}`;
    const missing = wanted.find((path) => !paths.has(path));
    if (missing !== undefined) return `it uses ${JSON.stringify(missing)}, which it does not list`;
  }
  return undefined;
}

function invalidManifest(file: string, problem: string, cause?: unknown): DocketError {
  const message = `the manifest ${file} does not fit: ${problem}; import the model again with --replace`;
  return modelFault({ fault: 'invalid_manifest', message, file, cause });
}
