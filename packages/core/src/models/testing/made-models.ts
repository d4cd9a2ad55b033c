import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

/** What a made-up graph says of itself. */
export interface MadeGraph {
  readonly inputs?: readonly string[];
  readonly outputs?: readonly string[];
  /** Weights beside the graph. */
  readonly external?: { readonly location: string; readonly bytes: number };
  /** Of weights inside the graph. @default 64 */
  readonly weightBytes?: number;
}

/** Contents of files by path: values other than text and bytes are written as JSON. */
export type MadeFiles = Readonly<Record<string, unknown>>;

/** Makes a folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'docket-models-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder. */
export async function writeFiles(folder: string, files: MadeFiles): Promise<string> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true });
    const isPlain = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(file, isPlain ? content : JSON.stringify(content));
  }
  return folder;
}

/** Bytes of an ONNX file with an outline and no computation. */
export function madeOnnx(graph: MadeGraph = {}): Buffer {
  const { inputs = ['input_ids', 'attention_mask'], outputs = ['last_hidden_state'], external } = graph;
  const name = (text: string) => field(1, Buffer.from(text));
  const weights = external
    ? [
        pair('location', external.location),
        pair('offset', '0'),
        pair('length', String(external.bytes)),
        Buffer.concat([number(14, 1)]),
      ]
    : [field(9, Buffer.alloc(graph.weightBytes ?? 64, 7))];
  const initializer = Buffer.concat([number(1, 4), number(2, 1), field(8, Buffer.from('weights')), ...weights]);
  const body = [
    field(1, Buffer.concat([field(4, Buffer.from('Gather'))])),
    field(2, Buffer.from('made')),
    field(5, initializer),
    // Older files list their weights among the inputs.
    ...[...inputs, 'weights'].map((input) => field(11, name(input))),
    ...outputs.map((output) => field(12, name(output))),
  ];
  return Buffer.concat([
    number(1, 8),
    field(2, Buffer.from('docket')),
    field(7, Buffer.concat(body)),
    field(8, number(2, 17)),
  ]);
}

function pair(key: string, value: string): Buffer {
  return field(13, Buffer.concat([field(1, Buffer.from(key)), field(2, Buffer.from(value))]));
}

function field(id: number, content: Uint8Array): Buffer {
  return Buffer.concat([varint(id * 8 + 2), varint(content.length), content]);
}

function number(id: number, value: number): Buffer {
  return Buffer.concat([varint(id * 8), varint(value)]);
}

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let left = value; ; left = Math.floor(left / 128)) {
    if (left < 128) return Buffer.from([...bytes, left]);
    bytes.push((left % 128) + 128);
  }
}

/** Bytes of a safetensors file with one tensor of two rows. */
export function madeSafetensors(name = 'embeddings', shape: readonly number[] = [2, 4]): Buffer {
  const bytes = shape.reduce((product, length) => product * length, 4);
  const header = Buffer.from(JSON.stringify({ [name]: { dtype: 'F32', shape, data_offsets: [0, bytes] } }));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  return Buffer.concat([length, header, Buffer.alloc(bytes, 1)]);
}

/** Files of a made-up sentence encoder. */
export function encoderFiles(files: MadeFiles = {}): MadeFiles {
  return {
    'config.json': { model_type: 'bert', architectures: ['BertModel'], max_position_embeddings: 512 },
    'tokenizer.json': { version: '1.0' },
    'tokenizer_config.json': { model_max_length: 512 },
    'onnx/model.onnx': madeOnnx(),
    ...files,
  };
}

/** Files of a made-up static model. */
export function staticFiles(files: MadeFiles = {}): MadeFiles {
  return {
    'config.json': { model_type: 'model2vec', normalize: true },
    'tokenizer.json': { version: '1.0' },
    'model.safetensors': madeSafetensors(),
    ...files,
  };
}

/** Files of a made-up entailment classifier. */
export function classifierFiles(files: MadeFiles = {}): MadeFiles {
  return encoderFiles({
    'config.json': {
      architectures: ['BertForSequenceClassification'],
      id2label: { '0': 'CONTRADICTION', '1': 'NEUTRAL', '2': 'ENTAILMENT' },
    },
    'onnx/model.onnx': madeOnnx({ outputs: ['logits'] }),
    ...files,
  });
}
