import { open } from 'node:fs/promises';
import type { DocketError } from '../../errors.js';
import { modelFault } from './model-fault.js';
import { ProtobufError, type ProtobufField, ProtobufReader } from './protobuf-reader.js';

/** Fields of ModelProto and their wire types, from the format's `onnx.proto`. */
const MODEL_FIELDS: ReadonlyMap<number, number> = new Map([
  [1, 0],
  [2, 2],
  [3, 2],
  [4, 2],
  [5, 0],
  [6, 2],
  [7, 2],
  [8, 2],
  [14, 2],
  [20, 2],
  [25, 2],
  [26, 2],
]);
const GRAPH = 7;
const OPERATOR_SETS = 8;
const GRAPH_INITIALIZER = 5;
const GRAPH_INPUT = 11;
const GRAPH_OUTPUT = 12;
const VALUE_NAME = 1;
const TENSOR_NAME = 8;
const TENSOR_EXTERNAL = 13;
const MAX_NAME_BYTES = 4096;
const NOT_ONNX = 'its first bytes are not those of an ONNX model';

/** What an ONNX file says of itself, as far as Docket asks. */
export interface OnnxGraph {
  /** Names of what it must be given. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  /** Files with weights beside it, by name, with the bytes that each must have at least. */
  readonly external: ReadonlyMap<string, number>;
}

/**
 * Reads the outline of an ONNX file, checking lengths against the file's size, without loading the weights.
 * @throws DocketError `model.incompatible` with the fault `onnx_truncated` or `onnx_invalid`
 */
export async function readOnnxGraph(file: string): Promise<OnnxGraph> {
  const handle = await open(file, 'r');
  try {
    const reader = new ProtobufReader(handle, (await handle.stat()).size);
    try {
      return await readGraph(reader, await findGraph(reader));
    } catch (error) {
      throw error instanceof ProtobufError ? brokenOnnx(file, reader.size, error) : error;
    }
  } finally {
    await handle.close();
  }
}

async function findGraph(reader: ProtobufReader): Promise<ProtobufField> {
  let graph: ProtobufField | undefined;
  const seen = new Set<number>();
  for await (const field of walkModel(reader)) {
    seen.add(field.number);
    if (field.number === GRAPH) graph = field;
  }
  if (!graph || !seen.has(OPERATOR_SETS)) {
    throw new ProtobufError(true, `it ends before its ${graph ? 'operator sets' : 'graph'}`);
  }
  return graph;
}

/** The fields of the model. The first tells whether it is one at all: before it no length is believed. */
async function* walkModel(reader: ProtobufReader): AsyncGenerator<ProtobufField> {
  let isFirst = true;
  try {
    for await (const field of reader.fields(0, reader.size)) {
      const expected = MODEL_FIELDS.get(field.number) ?? (isFirst ? undefined : field.wireType);
      if (field.wireType !== expected) throw new ProtobufError(false, NOT_ONNX);
      isFirst = false;
      yield field;
    }
  } catch (error) {
    throw isFirst && error instanceof ProtobufError ? new ProtobufError(false, NOT_ONNX) : error;
  }
}

async function readGraph(reader: ProtobufReader, graph: ProtobufField): Promise<OnnxGraph> {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const initializers = new Set<string>();
  const external = new Map<string, number>();
  for await (const field of reader.fields(graph.start, graph.end)) {
    if (field.number === GRAPH_INPUT) inputs.push(await readName(reader, field));
    else if (field.number === GRAPH_OUTPUT) outputs.push(await readName(reader, field));
    else if (field.number === GRAPH_INITIALIZER) initializers.add(await readInitializer(reader, field, external));
  }
  return { inputs: inputs.filter((name) => !initializers.has(name)), outputs, external };
}

async function readName(reader: ProtobufReader, message: ProtobufField): Promise<string> {
  for await (const field of reader.fields(message.start, message.end)) {
    if (field.number === VALUE_NAME) return readShort(reader, field);
  }
  return '';
}

async function readInitializer(
  reader: ProtobufReader,
  tensor: ProtobufField,
  external: Map<string, number>,
): Promise<string> {
  let name = '';
  const place = new Map<string, string>();
  for await (const field of reader.fields(tensor.start, tensor.end)) {
    if (field.number === TENSOR_NAME) name = await readShort(reader, field);
    if (field.number === TENSOR_EXTERNAL) {
      const [key = '', value = ''] = await readPair(reader, field);
      place.set(key, value);
    }
  }
  const location = place.get('location');
  if (location !== undefined) {
    const end = Number(place.get('offset') ?? 0) + Number(place.get('length') ?? 0);
    external.set(location, Math.max(end, external.get(location) ?? 0));
  }
  return name;
}

async function readPair(reader: ProtobufReader, message: ProtobufField): Promise<string[]> {
  const pair: string[] = [];
  for await (const field of reader.fields(message.start, message.end)) {
    pair[field.number - 1] = await readShort(reader, field);
  }
  return pair;
}

function readShort(reader: ProtobufReader, field: ProtobufField): Promise<string> {
  const isShort = field.wireType === 2 && field.end - field.start <= MAX_NAME_BYTES;
  if (!isShort) throw new ProtobufError(false, `a name is expected at byte ${field.start}`);
  return reader.text(field);
}

function brokenOnnx(file: string, size: number, cause: ProtobufError): DocketError {
  return cause.isTruncated
    ? modelFault({
        fault: 'onnx_truncated',
        message: `the ONNX file ${file} is cut off: it has ${size} bytes, and ${cause.message}; download or copy it again`,
        file,
        cause,
      })
    : modelFault({
        fault: 'onnx_invalid',
        message: `${file} is not an ONNX model: ${cause.message}; download or export it again`,
        file,
        cause,
      });
}
