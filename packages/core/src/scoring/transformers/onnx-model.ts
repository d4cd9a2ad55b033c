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
  async run({ ids, typeIds }: TokenSequence): Promise<ReadonlyMap<string, OnnxOutput>> {
    const inputs = {
      input_ids: this.tensor(BigInt64Array.from(ids, BigInt)),
      attention_mask: this.tensor(new BigInt64Array(ids.length).fill(1n)),
      token_type_ids: this.tensor(
        typeIds.length === ids.length ? BigInt64Array.from(typeIds, BigInt) : new BigInt64Array(ids.length),
      ),
    };
    const outputs = await this.forward(inputs);
    const results = new Map<string, OnnxOutput>();
    try {
      for (const [name, { type, dims, data }] of Object.entries(outputs)) {
        const floats = toFloats(type, data);
        if (floats) results.set(name, { dimensions: dims, data: floats });
      }
    } finally {
      for (const tensor of [...Object.values(inputs), ...Object.values(outputs)]) tensor.dispose();
    }
    return results;
  }

  /** The error for results that are not what they should be. */
  unusable(why: string): Error {
    return unusableModel(this.name, this.path, why);
  }

  /** Gives back the graph's memory. */
  async dispose(): Promise<void> {
    if (this.released) return;
    this.released = true;
    await this.model.dispose();
  }

  private async forward(inputs: Readonly<Record<string, Tensor>>): Promise<Record<string, Tensor>> {
    try {
      return await this.model.forward(inputs);
    } catch (error) {
      throw unusableModel(this.name, this.path, error);
    }
  }

  private tensor(values: BigInt64Array): Tensor {
    return new this.library.Tensor('int64', values, [1, values.length]);
  }
}

async function checkFiles(name: string, folder: string, path: string): Promise<void> {
  const config = join(folder, 'config.json');
  try {
    JSON.parse(await readFile(config, 'utf8'));
  } catch (error) {
    throw unusableModel(name, config, error);
  }
  await stat(path).catch((error: unknown) => {
    throw unusableModel(name, path, error);
  });
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
