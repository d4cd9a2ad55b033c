import { stat } from 'node:fs/promises';
import { posix } from 'node:path';
import { checkStart } from '../files/check-file.js';
import { modelFault } from '../files/model-fault.js';
import { type OnnxGraph, readOnnxGraph } from '../files/onnx-graph.js';
import type { ModelManifest } from '../model-manifest.js';
import { chooseVariant, graphsAmong } from './choose-variant.js';
import { findEmbeddingSettings } from './embedding-settings.js';
import { findEntailmentLabel } from './entailment-label.js';
import type { ImportOptions } from './import-options.js';
import { type ModelConfig, readModelConfig } from './model-config.js';
import type { SourceFolder } from './source-folder.js';
import { findTokenWindow } from './token-window.js';

const KNOWN_INPUTS = ['input_ids', 'attention_mask', 'token_type_ids', 'position_ids'];
const VECTOR_OUTPUTS = ['last_hidden_state', 'token_embeddings', 'sentence_embedding', 'embeddings', 'pooler_output'];

/** What a graph can be used for, and the files of its weights. */
export interface RecognisedGraph extends Pick<ModelManifest, 'embedding' | 'zeroShot'> {
  readonly weights: readonly string[];
}

/**
 * Recognises what the graph of a folder is: a sentence encoder or an entailment classifier.
 * @returns undefined when there is no graph
 * @throws DocketError `model.incompatible`
 */
export async function recogniseGraph(
  source: SourceFolder,
  options: ImportOptions,
): Promise<RecognisedGraph | undefined> {
  const graphs = graphsAmong(source.paths);
  if (graphs.length === 0) return undefined;
  const variant = chooseVariant(graphs, options.variant, source.folder);
  const file = source.locate(variant);
  await checkStart(file);
  const graph = await readOnnxGraph(file);
  const weights = [variant, ...(await externalFiles(source, variant, graph))];
  const config = await readGraphConfig(source, variant);
  refuseInputs(graph, file);
  if (config.architectures.some((name) => name.endsWith('ForSequenceClassification'))) {
    return { weights, zeroShot: await zeroShotSettings(source, { variant, graph, config, options }) };
  }
  refuseOutputs(graph, file, VECTOR_OUTPUTS);
  const names = namesOf(source, config, options);
  const overrides = options.embedding ?? {};
  return { weights, embedding: await findEmbeddingSettings(source, { variant, graph, config, names, overrides }) };
}

async function zeroShotSettings(
  source: SourceFolder,
  facts: { variant: string; graph: OnnxGraph; config: ModelConfig; options: ImportOptions },
): Promise<NonNullable<ModelManifest['zeroShot']>> {
  const { variant, graph, config, options } = facts;
  const label = findEntailmentLabel(config, source.locate('config.json'));
  refuseOutputs(graph, source.locate(variant), ['logits']);
  return { variant, ...label, maxTokens: options.embedding?.maxTokens ?? (await findTokenWindow(source, config)) };
}

async function readGraphConfig(source: SourceFolder, variant: string): Promise<ModelConfig> {
  const config = await readModelConfig(source, 'config.json');
  if (!config) throw missing('no_config', source, variant, 'config.json');
  if (!source.has('tokenizer.json')) throw missing('no_tokenizer', source, variant, 'tokenizer.json');
  return config;
}

function missing(fault: 'no_config' | 'no_tokenizer', source: SourceFolder, variant: string, name: string) {
  const message = `${source.folder} has ${variant}, but no ${name} at its top; download that too`;
  return modelFault({ fault, message, file: source.folder });
}

/** Paths of the files beside a graph that hold its weights. */
async function externalFiles(source: SourceFolder, variant: string, graph: OnnxGraph): Promise<string[]> {
  const paths: string[] = [];
  for (const [location, bytes] of graph.external) {
    const path = posix.join(posix.dirname(variant), location);
    const place = `${source.folder}/${path}`;
    if (!source.has(path)) {
      const message = `the weights of ${variant} are in ${place}, which is not there; download that too`;
      throw modelFault({ fault: 'external_data_missing', message, file: place });
    }
    const file = source.locate(path);
    await checkStart(file);
    const { size } = await stat(file);
    if (size < bytes) {
      const message = `${place} is cut off: it has ${size} bytes, and ${variant} needs at least ${bytes}; download or copy it again`;
      throw modelFault({ fault: 'external_data_truncated', message, file: place });
    }
    paths.push(path);
  }
  return paths;
}

function refuseInputs({ inputs }: OnnxGraph, file: string): void {
  const unknown = inputs.filter((name) => !KNOWN_INPUTS.includes(name));
  if (unknown.length === 0 && inputs.includes('input_ids')) return;
  const message = `the graph ${file} wants ${inputs.join(', ') || 'nothing'}; Docket gives ${KNOWN_INPUTS.join(', ')} and needs the first, so it is not a text encoder that Docket can use`;
  throw modelFault({ fault: 'unknown_inputs', message, file });
}

function refuseOutputs({ outputs }: OnnxGraph, file: string, known: readonly string[]): void {
  if (outputs.some((name) => known.includes(name))) return;
  const message = `the graph ${file} gives ${outputs.join(', ') || 'nothing'}; Docket needs ${known.join(' or ')}: export the model for this task`;
  throw modelFault({ fault: 'unknown_outputs', message, file });
}

function namesOf(source: SourceFolder, config: ModelConfig, { name, origin }: ImportOptions): string[] {
  return [origin?.repository, source.name, name, config._name_or_path].filter((known) => known !== undefined);
}
