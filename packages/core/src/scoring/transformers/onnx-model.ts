import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { Tensor } from '@xenova/transformers';
import { halfNumbers } from '../static/half-numbers.js';
import { loadTransformers, type TransformersLibrary } from './load-transformers.js';
import type { TokenSequence } from './model-tokenizer.js';
import { type ModelLocation, unusableModel } from './unusable-model.js';

/** Which graph to load, and how. */
export interface OnnxModelOptions extends ModelLocation {
  /** The graph, relative to the folder: `onnx/model.onnx`. */
  readonly variant: string;
  /** The head that the graph has. */
  readonly head: 'encoder' | 'classifier';
  /** Threads that work on one operation. @default 1 */
  readonly threads?: number;
}

/** A result of a graph, as 32-bit floats, row by row. */
export interface OnnxOutput {
  readonly dimensions: readonly number[];
  readonly data: Float32Array;
}

let halves: Float32Array | undefined;

type LoadedModel = Awaited<ReturnType<TransformersLibrary['AutoModel']['from_pretrained']>>;

/** A transformer's graph in ONNX Runtime, through transformers.js. Takes one text at a time. */
export class OnnxModel {
  private released = false;

  private constructor(
    private readonly library: TransformersLibrary,
    private readonly model: LoadedModel,
    private readonly name: string,
    private readonly path: string,
  ) {}

  /**
   * @throws DocketError `model.not_installed` without transformers.js, `model.incompatible` when a file is missing or
   * cannot be read
   */
  static async load(options: OnnxModelOptions): Promise<OnnxModel> {
    const { name, variant, head, threads = 1 } = options;
    const folder = resolve(options.folder);
    const path = join(folder, variant);
    await checkFiles(name, folder, path);
    const library = await loadTransformers();
    const model = await library[head === 'encoder' ? 'AutoModel' : 'AutoModelForSequenceClassification']
      .from_pretrained(folder, {
        local_files_only: true,
        subfolder: dirname(variant),
        model_file_name: basename(variant, '.onnx'),
        // The type adds nothing to the file's name: that is given whole.
        dtype: 'fp32',
        device: 'cpu',
        // The runtime finds weights beside the graph itself.
        use_external_data_format: false,
        // Texts differ in length, and a memory plan would be kept for each length.
        session_options: { intraOpNumThreads: threads, interOpNumThreads: 1, enableMemPattern: false },
      })
      .catch((error: unknown) => {
        throw unusableModel(name, path, error);
      });
    return new OnnxModel(library, model, name, path);
  }

  /** Runs the graph on one text; its results by name. @throws DocketError `model.incompatible` when it fails */
  async run(sequence: TokenSequence): Promise<ReadonlyMap<string, OnnxOutput>> {
    const inputs = this.inputsOf(sequence);
    let outputs: Readonly<Record<string, Tensor>> = {};
    try {
      outputs = await this.model.forward(inputs);
      return floatsOf(outputs);
    } catch (error) {
      throw this.unusable(error);
    } finally {
      for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
    }
  }

  /** The error for results that are not what they should be. */
  unusable(why: unknown): Error {
    return unusableModel(this.name, this.path, why);
  }

  /** Gives back the graph's memory. */
  async dispose(): Promise<void> {
    if (this.released) return;
    this.released = true;
    await this.model.dispose();
  }

  /** All that encoders are known to ask for; the library takes what the graph wants. */
  private inputsOf({ ids, typeIds }: TokenSequence): Readonly<Record<string, Tensor>> {
    const types = typeIds.length === ids.length ? typeIds : ids.map(() => 0);
    return {
      input_ids: this.tensor(BigInt64Array.from(ids, BigInt)),
      attention_mask: this.tensor(new BigInt64Array(ids.length).fill(1n)),
      token_type_ids: this.tensor(BigInt64Array.from(types, BigInt)),
      position_ids: this.tensor(BigInt64Array.from(ids, (_, position) => BigInt(position))),
    };
  }

  private tensor(values: BigInt64Array): Tensor {
    return new this.library.Tensor('int64', values, [1, values.length]);
  }
}

async function checkFiles(name: string, folder: string, path: string): Promise<void> {
  const config = join(folder, 'config.json');
  try {
    const content: unknown = JSON.parse(await readFile(config, 'utf8'));
    if (typeof content !== 'object' || content === null) throw new Error('it does not hold the settings of a model');
  } catch (error) {
    throw unusableModel(name, config, error);
  }
  await stat(path).catch((error: unknown) => {
    throw unusableModel(name, path, error);
  });
}

function floatsOf(outputs: Readonly<Record<string, Tensor>>): ReadonlyMap<string, OnnxOutput> {
  const results = new Map<string, OnnxOutput>();
  for (const [name, { type, dims, data }] of Object.entries(outputs)) {
    const floats = toFloats(type, data);
    if (floats) results.set(name, { dimensions: dims, data: floats });
  }
  return results;
}

/** 16-bit floats come as patterns of bits, or, where JavaScript has `Float16Array`, as numbers. */
function toFloats(type: string, data: Tensor['data']): Float32Array | undefined {
  if (data instanceof Float32Array) return data;
  if (type !== 'float16' || typeof data[0] === 'string') return undefined;
  if (!(data instanceof Uint16Array)) return Float32Array.from(data, Number);
  halves ??= halfNumbers();
  const numbers = halves;
  return Float32Array.from(data, (bits) => numbers[bits] ?? 0);
}
