import { DocketError } from '../../errors.js';
import type { HubFile, HubRepository } from './hub-client.js';
import { hubError } from './hub-error.js';

/** A file of a repository that is wanted. */
export interface WantedFile {
  readonly path: string;
  /** Whether the model can do without it. */
  readonly optional?: boolean | undefined;
  readonly sha256?: string | undefined;
}

/** What every model of the hub is described by. */
export const DESCRIPTION_FILES: readonly WantedFile[] = [
  { path: 'config.json' },
  { path: 'tokenizer.json' },
  { path: 'tokenizer_config.json', optional: true },
  { path: 'special_tokens_map.json', optional: true },
  { path: 'config_sentence_transformers.json', optional: true },
  { path: '1_Pooling/config.json', optional: true },
];

/** Graphs that are looked for, best first: full precision gives the same bytes whatever else is in the batch. */
const GRAPHS = ['onnx/model.onnx', 'model.onnx', 'onnx/model_quantized.onnx'];
/** Larger graphs keep their numbers in a file beside them. */
const GRAPH_DATA = ['_data', '.data'];

/**
 * Picks files out of a repository.
 * @throws DocketError `resource.not_found` naming a file that is not there, `resource.unreadable` (`unsafe_path`)
 */
export function chooseFiles(repository: HubRepository, wanted: readonly WantedFile[]): readonly HubFile[] {
  checkPaths([...repository.files.keys(), ...wanted.map(({ path }) => path)], repository.repository);
  return wanted.flatMap(({ path, optional }) => {
    const file = repository.files.get(path);
    if (file) return [file];
    if (optional) return [];
    const { repository: name, commit } = repository;
    const message = `${name} has no ${path} at ${commit}, which Docket needs; look for a repository of this model with that file`;
    throw hubError('not_found', message, { data: { repository: name, commit, path } });
  });
}

/**
 * Tells which files hold the numbers of a model that is not in the catalogue.
 * @param configuration Its `config.json`
 * @throws DocketError `model.incompatible`
 */
export function weightFiles(repository: HubRepository, configuration: unknown): readonly WantedFile[] {
  const { files, repository: name } = repository;
  const graph = GRAPHS.find((path) => files.has(path));
  if (files.has('model.safetensors') && (isStatic(configuration) || !(graph || hasType(configuration)))) {
    return [{ path: 'model.safetensors' }];
  }
  if (graph) return [graph, ...GRAPH_DATA.map((end) => graph + end).filter((path) => files.has(path))].map(toWanted);
  const message = `${name} holds neither a Model2Vec model nor an ONNX graph (${GRAPHS.join(', ')}); look for a repository of the same model with an onnx folder`;
  throw new DocketError('model.incompatible', message, { data: { repository: name } });
}

function toWanted(path: string): WantedFile {
  return { path };
}

/** Model2Vec writes both; its first models had neither. */
function isStatic(configuration: unknown): boolean {
  const { model_type: type, architectures } = asRecord(configuration);
  return type === 'model2vec' || (Array.isArray(architectures) && architectures.includes('StaticModel'));
}

function hasType(configuration: unknown): boolean {
  return asRecord(configuration)['model_type'] !== undefined;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

/** A hub that lists paths that lead out of the repository is not to be trusted with anything. */
function checkPaths(paths: readonly string[], repository: string): void {
  const unsafe = paths.find((path) => !isInside(path));
  if (unsafe === undefined) return;
  const message = `the list of files of ${repository} names ${JSON.stringify(unsafe)}, which leads out of its folder; do not use this hub`;
  throw hubError('unsafe_path', message, { data: { repository, path: unsafe } });
}

function isInside(path: string): boolean {
  // Backslashes and colons lead elsewhere on Windows, as do dots and blanks at the end of a name.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (path.length > 500 || /[\\:\u0000-\u001f]/.test(path)) return false;
  return path.split('/').every((name) => name !== '' && !/^\.{1,2}$|[. ]$/.test(name));
}
