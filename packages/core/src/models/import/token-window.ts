import { z } from 'zod';
import type { ModelConfig } from './model-config.js';
import type { SourceFolder } from './source-folder.js';

const DEFAULT_TOKENS = 512;
const tokenizerConfigSchema = z.object({ model_max_length: z.number().positive() });
const sentenceConfigSchema = z.object({ max_seq_length: z.number().positive() });

/**
 * How many tokens a model looks at: the least that its files tell, and no more than 512 unless its family is known to.
 * @param familyTokens what the family is known to read
 */
export async function findTokenWindow(
  source: SourceFolder,
  config: ModelConfig,
  familyTokens = DEFAULT_TOKENS,
): Promise<number> {
  const tokenizer = tokenizerConfigSchema.safeParse(await source.json('tokenizer_config.json'));
  const sentence = sentenceConfigSchema.safeParse(await source.json('sentence_bert_config.json'));
  const limits = [
    familyTokens,
    tokenizer.data?.model_max_length,
    sentence.data?.max_seq_length,
    config.max_position_embeddings,
  ];
  return Math.floor(Math.min(...limits.filter((limit) => limit !== undefined && limit >= 1).map(Number)));
}
