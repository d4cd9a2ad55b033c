/** Element types of tensors, by their number in ONNX's `TensorProto.DataType`. */
export const ELEMENT_TYPES = { float32: 1, uint8: 2, int8: 3, int64: 7, float16: 10 } as const;

/** A name of {@link ELEMENT_TYPES}. */
export type ElementType = keyof typeof ELEMENT_TYPES;

/** A constant of a graph. `data` holds little-endian elements, row by row. */
export interface TinyTensor {
  readonly name: string;
  readonly type: ElementType;
  readonly dimensions: readonly number[];
  readonly data: Uint8Array;
}

/** An operation of a graph; numbers that are whole become `int` attributes, the others `float`. */
export interface TinyNode {
  readonly operation: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, number | readonly number[]>>;
}

/** An input or output of a graph; a name among the dimensions stands for any size. */
export interface TinyValue {
  readonly name: string;
  readonly type: ElementType;
  readonly dimensions: readonly (number | string)[];
}

/** A whole graph, its nodes in the order in which they are computed. */
export interface TinyGraph {
  readonly nodes: readonly TinyNode[];
  readonly constants: readonly TinyTensor[];
  readonly inputs: readonly TinyValue[];
  readonly outputs: readonly TinyValue[];
}

type Bytes = readonly number[] | Uint8Array;

const IR_VERSION = 8;
const OPERATOR_SET = 17;
const INT_ATTRIBUTE = 2;
const FLOAT_ATTRIBUTE = 1;
const INTS_ATTRIBUTE = 7;

/** The bytes of an `.onnx` file. Field numbers are those of `onnx.proto3` (ONNX 1.16). */
export function encodeOnnxModel(graph: TinyGraph): Uint8Array {
  const operatorSet = [...text(1, ''), ...integer(2, OPERATOR_SET)];
  return join([
    integer(1, IR_VERSION),
    text(2, 'docket-test'),
    message(7, encodeGraph(graph)),
    message(8, operatorSet),
  ]);
}

function encodeGraph({ nodes, constants, inputs, outputs }: TinyGraph): Uint8Array {
  return join([
    ...nodes.map((node) => message(1, encodeNode(node))),
    text(2, 'tiny'),
    ...constants.map((constant) => message(5, encodeTensor(constant))),
    ...inputs.map((value) => message(11, encodeValue(value))),
    ...outputs.map((value) => message(12, encodeValue(value))),
  ]);
}

function encodeNode({ operation, inputs, outputs, attributes }: TinyNode): Uint8Array {
  return join([
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, operation),
    ...Object.entries(attributes).map(([name, value]) => message(5, encodeAttribute(name, value))),
  ]);
}

function encodeAttribute(name: string, value: number | readonly number[]): Uint8Array {
  if (typeof value !== 'number') {
    return join([text(1, name), ...value.map((one) => integer(8, one)), integer(20, INTS_ATTRIBUTE)]);
  }
  if (Number.isInteger(value)) return join([text(1, name), integer(3, value), integer(20, INT_ATTRIBUTE)]);
  const float = new Uint8Array(new Float32Array([value]).buffer);
  return join([text(1, name), tag(2, 5), float, integer(20, FLOAT_ATTRIBUTE)]);
}

function encodeTensor({ name, type, dimensions, data }: TinyTensor): Uint8Array {
  const sizes = dimensions.map((size) => integer(1, size));
  return join([...sizes, integer(2, ELEMENT_TYPES[type]), text(8, name), message(9, data)]);
}

function encodeValue({ name, type, dimensions }: TinyValue): Uint8Array {
  const sizes = dimensions.map((size) => message(1, typeof size === 'number' ? integer(1, size) : text(2, size)));
  const tensor = join([integer(1, ELEMENT_TYPES[type]), message(2, join(sizes))]);
  return join([text(1, name), message(2, message(1, tensor))]);
}

function integer(field: number, value: number): Bytes {
  return [...tag(field, 0), ...variableLength(BigInt.asUintN(64, BigInt(value)))];
}

function text(field: number, value: string): Bytes {
  return message(field, new TextEncoder().encode(value));
}

function message(field: number, content: Bytes): Uint8Array {
  return join([tag(field, 2), variableLength(BigInt(content.length)), content]);
}

function tag(field: number, wireType: number): number[] {
  return variableLength(BigInt((field << 3) | wireType));
}

function variableLength(value: bigint): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return [...bytes, Number(rest)];
}

function join(parts: readonly Bytes[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    joined.set(part, offset);
    offset += part.length;
  }
  return joined;
}
