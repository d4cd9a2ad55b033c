import { DocketError } from '../../errors.js';
import { checkFile } from '../files/check-file.js';
import { isForPeople } from '../files/for-people.js';
import { modelFault } from '../files/model-fault.js';
import { MANIFEST_NAME, type ModelManifest, type ModelTask } from '../model-manifest.js';
import { graphsAmong } from './choose-variant.js';
import type { ImportOptions } from './import-options.js';
import { recogniseGraph } from './recognise-graph.js';
import { recogniseStatic } from './recognise-static.js';
import type { SourceFolder } from './source-folder.js';

/** Settings and vocabularies; everything else is taken by name or not at all. */
const COMPANION = /\.(?:json|txt|model|jinja)$/i;
/** Companions that say what a file of weights left out is made of. */
const INDEX = /\.index\.json$/;
const OTHER_FOLDERS = /^(?:openvino|coreml|tflite|flax|tf|mlx|gguf|runs|checkpoint-[^/]*)\//i;
const REASONS: readonly (readonly [RegExp, string])[] = [
  [/^docket-model\.json$/, 'the manifest of an installed model; a new one is written'],
  [OTHER_FOLDERS, 'for another framework'],
  [/\.onnx(?:_data[^/]*|\.data)?$/, 'another variant'],
  [/\.(?:bin|pt|pth|ckpt|pkl|safetensors)$|pytorch|\.safetensors\.index\.json$/i, 'weights for PyTorch'],
  [/\.(?:h5|msgpack|ot|tflite|gguf|mlmodel|pb|keras)$/i, 'for another framework'],
];

/** What a folder was recognised as. */
export interface RecognisedModel extends Pick<ModelManifest, 'static' | 'embedding' | 'zeroShot'> {
  readonly tasks: ModelTask[];
  /** Files that belong to the model, sorted. */
  readonly files: readonly string[];
}

/**
 * Recognises what the files of a folder can be used for, which of them that takes, and that they are whole.
 * @throws DocketError `model.incompatible`, `data.fault` telling the ways apart; `request.invalid_input` for a variant
 *   that is not there
 */
export async function recogniseModel(source: SourceFolder, options: ImportOptions): Promise<RecognisedModel> {
  const hasGraph = graphsAmong(source.paths).length > 0;
  const statics = await recogniseStatic(source, !hasGraph);
  const { weights, ...graph } = (await tryGraph(source, options, statics !== undefined)) ?? { weights: [] };
  const tasks: ModelTask[] = [];
  if (statics) tasks.push('static');
  if (graph.embedding) tasks.push('embedding');
  if (graph.zeroShot) tasks.push('zero-shot');
  if (tasks.length === 0) throw nothingIn(source);
  const needed = new Set([...weights, ...(statics ? [statics.weights, statics.tokenizer] : [])]);
  const files = source.paths.filter((path) => needed.has(path) || isCompanion(path));
  for (const path of source.paths) if (!files.includes(path)) source.leaveOut(path, reasonFor(path));
  for (const path of files) if (!isForPeople(path)) await checkFile(source.locate(path));
  return { tasks, files, ...(statics ? { static: statics } : {}), ...graph };
}

/** A graph that Docket cannot feed is no fault of a model that it can read otherwise. */
async function tryGraph(source: SourceFolder, options: ImportOptions, hasStatic: boolean) {
  try {
    return await recogniseGraph(source, options);
  } catch (error) {
    const fault = error instanceof DocketError ? error.data['fault'] : undefined;
    const isOptional = hasStatic && (fault === 'unknown_inputs' || fault === 'unknown_outputs');
    if (!isOptional || options.variant !== undefined) throw error;
    return undefined;
  }
}

function isCompanion(path: string): boolean {
  return (
    (COMPANION.test(path) || isForPeople(path)) &&
    !INDEX.test(path) &&
    !OTHER_FOLDERS.test(path) &&
    path !== MANIFEST_NAME
  );
}

function reasonFor(path: string): string {
  return REASONS.find(([pattern]) => pattern.test(path))?.[1] ?? 'not needed';
}

function nothingIn(source: SourceFolder): DocketError {
  const { folder, paths } = source;
  const isPyTorch = paths.some((path) => reasonFor(path) === 'weights for PyTorch');
  if (isPyTorch) {
    const message = `${folder} holds a model for PyTorch alone; export it to ONNX where Python is at hand, \`optimum-cli export onnx --model ${folder} OUTPUT\`, and import OUTPUT`;
    return modelFault({ fault: 'pytorch_only', message, file: folder });
  }
  const message = `${folder} holds no model; looked for a static one (model.safetensors and tokenizer.json of Model2Vec, here or in a folder below) and for a graph (onnx/model*.onnx or model.onnx, with config.json and tokenizer.json)`;
  return modelFault({ fault: 'no_model', message, file: folder });
}
