import type { ModelManifest } from '../../models/model-manifest.js';
import type { TextEncoder, TextRole } from '../semantic/text-encoder.js';
import { ModelTokenizer, type TokenSequence } from './model-tokenizer.js';
import { OnnxModel } from './onnx-model.js';
import { poolTokens, toUnitLength } from './pool-tokens.js';
import type { ModelLocation } from './unusable-model.js';

/** What a {@link TransformerEncoder} is made of. */
export interface TransformerEncoderOptions extends ModelLocation {
  /** Model, variant and hash of the files. */
  readonly identity: string;
  /** The manifest's part for this task. */
  readonly settings: NonNullable<ModelManifest['embedding']>;
  /** Threads that work on one operation of the graph. @default 1 */
  readonly threads?: number;
}

/**
 * A transformer's sentence embeddings. Texts go through the graph one by one: in a batch, padding and the common scale
 * of dynamic quantisation would make a vector depend on its neighbours.
 */
export class TransformerEncoder implements TextEncoder {
  private constructor(
    readonly identity: string,
    readonly dimensions: number,
    private readonly settings: TransformerEncoderOptions['settings'],
    private readonly tokenizer: ModelTokenizer,
    private readonly model: OnnxModel,
  ) {}

  /**
   * Loads a model and tries it on one word.
   *
   * @throws DocketError `model.not_installed` without transformers.js; `model.incompatible` when a file is missing,
   * damaged, or not a sentence encoder, naming it
   */
  static async load(options: TransformerEncoderOptions): Promise<TransformerEncoder> {
    const { identity, settings, ...rest } = options;
    const tokenizer = await ModelTokenizer.load(options);
    const model = await OnnxModel.load({ ...rest, variant: settings.variant, head: 'encoder' });
    try {
      const tokens = tokenizer.encode('document', settings) ?? { ids: [0], typeIds: [0] };
      const trial = await encode(model, tokens, settings);
      return new TransformerEncoder(identity, trial.length, settings, tokenizer, model);
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  async embed(texts: readonly string[], role: TextRole): Promise<readonly Float32Array[]> {
    const { prefixes, maxTokens } = this.settings;
    const vectors: Float32Array[] = [];
    for (const text of texts) {
      const tokens = this.tokenizer.encode(text, { prefix: prefixes[role], maxTokens });
      vectors.push(tokens ? await encode(this.model, tokens, this.settings) : new Float32Array(this.dimensions));
    }
    return vectors;
  }

  dispose(): Promise<void> {
    return this.model.dispose();
  }
}

async function encode(
  model: OnnxModel,
  tokens: TokenSequence,
  { pooling, normalize }: TransformerEncoderOptions['settings'],
): Promise<Float32Array> {
  const outputs = await model.run(tokens);
  const vector = poolTokens(outputs, pooling);
  if (!vector) {
    const found = [...outputs].map(([name, { dimensions }]) => `${name} [${dimensions.join(', ')}]`).join(', ');
    throw model.unusable(`the graph has no output for pooling "${pooling}", only ${found || 'none of floats'}`);
  }
  if (!vector.every(Number.isFinite)) throw model.unusable('the graph gives numbers that are not finite');
  return normalize ? toUnitLength(vector) : vector;
}
