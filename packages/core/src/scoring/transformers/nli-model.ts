import type { ModelManifest } from '../../models/model-manifest.js';
import type { EntailmentModel, EntailmentPair } from '../zero-shot/entailment-model.js';
import { ModelTokenizer } from './model-tokenizer.js';
import { OnnxModel } from './onnx-model.js';
import type { ModelLocation } from './unusable-model.js';

/** What an {@link NliModel} is made of. */
export interface NliModelOptions extends ModelLocation {
  /** Model, variant and hash of the files. */
  readonly identity: string;
  /** The manifest's part for this task. */
  readonly settings: NonNullable<ModelManifest['zeroShot']>;
  /** Threads that work on one operation of the graph. @default 1 */
  readonly threads?: number;
}

/** A cross-encoder for natural language inference. Pairs go through the graph one by one, so no pair sees another. */
export class NliModel implements EntailmentModel {
  private constructor(
    readonly identity: string,
    private readonly settings: NliModelOptions['settings'],
    private readonly tokenizer: ModelTokenizer,
    private readonly model: OnnxModel,
  ) {}

  /**
   * Loads a model and tries it on one pair.
   *
   * @throws DocketError `model.not_installed` without transformers.js; `model.incompatible` when a file is missing,
   * damaged, or has other labels than the manifest says, naming it
   */
  static async load(options: NliModelOptions): Promise<NliModel> {
    const { identity, settings, ...rest } = options;
    const tokenizer = await ModelTokenizer.load(options);
    const model = await OnnxModel.load({ ...rest, variant: settings.variant, head: 'classifier' });
    const loaded = new NliModel(identity, settings, tokenizer, model);
    try {
      await loaded.entail([{ premise: 'document', hypothesis: 'document' }]);
      return loaded;
    } catch (error) {
      await model.dispose();
      throw error;
    }
  }

  /** @throws DocketError `request.invalid_rules` when a hypothesis fills the model's window: it is never cut off */
  async entail(pairs: readonly EntailmentPair[]): Promise<readonly number[]> {
    const answers: number[] = [];
    for (const pair of pairs) answers.push(await this.entailOne(pair));
    return answers;
  }

  dispose(): Promise<void> {
    return this.model.dispose();
  }

  private async entailOne(pair: EntailmentPair): Promise<number> {
    const { labels, entailment, maxTokens } = this.settings;
    const outputs = await this.model.run(this.tokenizer.encodePair(pair, maxTokens));
    const logits = outputs.get('logits')?.data ?? new Float32Array(0);
    if (logits.length !== labels) {
      throw this.model.unusable(`the graph gives ${logits.length} logits, the manifest says ${labels} labels`);
    }
    const logOdds = logOddsOf(logits, entailment);
    if (!Number.isFinite(logOdds)) throw this.model.unusable('the graph gives numbers that are not finite');
    return logOdds;
  }
}

/** The log-odds of one label under softmax: its logit minus the log of the summed exponentials of the others. */
function logOddsOf(logits: Float32Array, index: number): number {
  const others = logits.filter((_, other) => other !== index);
  const largest = Math.max(...others);
  const sum = others.reduce((total, logit) => total + Math.exp(logit - largest), 0);
  return (logits[index] ?? Number.NaN) - (largest + Math.log(sum));
}
