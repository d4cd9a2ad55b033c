import { createHash } from 'node:crypto';
import type { ModelManifest, ModelTask } from './model-manifest.js';

/** Digits of a hash that are shown. */
const DIGITS = 12;

/**
 * Hash of what a model is for a task: its graph or weights, its tokenizer and their settings, whatever else lies in its
 * folder. 12 hexadecimal digits.
 */
export function modelHash(manifest: ModelManifest, task: ModelTask): string {
  const settings = { static: manifest.static, embedding: manifest.embedding, 'zero-shot': manifest.zeroShot }[task];
  const used = usedFiles(manifest, task);
  const variant = modelVariant(manifest, task);
  // Weights beside a graph are called after it: model.onnx_data, model.onnx_data_1, model.onnx.data.
  const hashes = manifest.files.filter(({ path }) => used.includes(path) || (variant && path.startsWith(variant)));
  const lines = hashes.map(({ path, sha256 }) => `${sha256} ${path}`).sort();
  return createHash('sha256')
    .update(JSON.stringify([lines, settings ?? null]))
    .digest('hex')
    .slice(0, DIGITS);
}

/** The weights or graph that a model has for a task, relative to its folder; undefined when it has none. */
export function modelVariant(
  { static: weights, embedding, zeroShot }: ModelManifest,
  task: ModelTask,
): string | undefined {
  return { static: weights?.weights, embedding: embedding?.variant, 'zero-shot': zeroShot?.variant }[task];
}

function usedFiles(manifest: ModelManifest, task: ModelTask): string[] {
  if (task === 'static') return [manifest.static?.tokenizer].flatMap((path) => path ?? []);
  return ['tokenizer.json', 'tokenizer_config.json', 'config.json'];
}
