import { z } from 'zod';
import { modelFault } from '../files/model-fault.js';
import type { SourceFolder } from './source-folder.js';

const configSchema = z.object({
  model_type: z.string().optional().catch(undefined),
  architectures: z.array(z.string()).catch([]),
  id2label: z.record(z.string(), z.string()).catch({}),
  label2id: z.record(z.string(), z.number()).catch({}),
  max_position_embeddings: z.number().optional().catch(undefined),
  num_hidden_layers: z.number().optional().catch(undefined),
  normalize: z.boolean().optional().catch(undefined),
  _name_or_path: z.string().catch(''),
});

/** What Docket reads in a model's `config.json`. */
export type ModelConfig = z.infer<typeof configSchema>;

/**
 * Reads a `config.json`; undefined when there is none.
 * @throws DocketError `model.incompatible`
 */
export async function readModelConfig(source: SourceFolder, path: string): Promise<ModelConfig | undefined> {
  const config = await source.json(path);
  if (config === undefined) return undefined;
  const parsed = configSchema.safeParse(config);
  if (parsed.success) return parsed.data;
  const file = source.locate(path);
  const message = `${file} does not hold the settings of a model; download it again`;
  throw modelFault({ fault: 'invalid_json', message, file, cause: parsed.error });
}
