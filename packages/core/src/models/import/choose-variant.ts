import { DocketError } from '../../errors.js';

/** Where graphs lie: as on the hub, or as an export leaves them. */
const GRAPH = /^(?:onnx\/)?model[^/]*\.onnx$/;
const PREFERRED = ['onnx/model.onnx', 'model.onnx', 'onnx/model_quantized.onnx', 'model_quantized.onnx'];

/** Paths of the graphs among the files of a model. */
export function graphsAmong(paths: readonly string[]): string[] {
  return paths.filter((path) => GRAPH.test(path));
}

/**
 * Chooses one of a model's graphs.
 * @param wanted a path, a file name, or the part after `model_`
 * @throws DocketError `request.invalid_input` when it is not there, or there are several and none is named
 */
export function chooseVariant(graphs: readonly string[], wanted: string | undefined, folder: string): string {
  const there = graphs.join(', ');
  if (wanted !== undefined) {
    const chosen = graphs.find((path) => namesOf(path).includes(wanted));
    if (chosen !== undefined) return chosen;
    throw variantError(`${folder} has no variant ${wanted}; there are: ${there}`, graphs);
  }
  const chosen = PREFERRED.find((path) => graphs.includes(path)) ?? (graphs.length === 1 ? graphs[0] : undefined);
  if (chosen !== undefined) return chosen;
  throw variantError(`${folder} has several variants; name one with --variant: ${there}`, graphs);
}

function namesOf(path: string): string[] {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const stem = file.slice(0, -'.onnx'.length);
  return [path, file, stem, stem.replace(/^model_/, '')];
}

function variantError(message: string, graphs: readonly string[]): DocketError {
  return new DocketError('request.invalid_input', message, { data: { field: 'variant', variants: graphs } });
}
