import { z } from 'zod';
import { modelFault } from '../files/model-fault.js';
import type { OnnxGraph } from '../files/onnx-graph.js';
import type { ModelManifest } from '../model-manifest.js';
import type { EmbeddingOverrides } from './import-options.js';
import type { ModelConfig } from './model-config.js';
import { MODEL2VEC_FAMILY, recogniseFamily } from './model-families.js';
import type { SourceFolder } from './source-folder.js';
import { findTokenWindow } from './token-window.js';

type EmbeddingSettings = NonNullable<ModelManifest['embedding']>;
type Pooling = EmbeddingSettings['pooling'];

const modulesSchema = z.array(z.object({ type: z.string(), path: z.string() }));
const promptsSchema = z.object({ prompts: z.record(z.string(), z.string()) });
const POOLING_MODES: Readonly<Record<string, Pooling>> = {
  pooling_mode_mean_tokens: 'mean',
  // The same direction as the mean.
  pooling_mode_mean_sqrt_len_tokens: 'mean',
  pooling_mode_cls_token: 'cls',
  pooling_mode_lasttoken: 'last_token',
  mean: 'mean',
  mean_sqrt_len_tokens: 'mean',
  cls: 'cls',
  lasttoken: 'last_token',
};

/** Outputs with a vector per token, which have to be pooled. */
const TOKEN_OUTPUTS = ['last_hidden_state', 'token_embeddings'];

/** What a sentence encoder is recognised by. */
export interface EncoderFacts {
  readonly variant: string;
  readonly graph: OnnxGraph;
  readonly config: ModelConfig;
  /** Names that it goes by, the surest first. */
  readonly names: readonly string[];
  readonly overrides: EmbeddingOverrides;
}

/**
 * How a sentence encoder's output becomes a vector: what the importer says, else what the files of
 * sentence-transformers say, else what is known of its family, else mean, normalised, without prefixes.
 * @throws DocketError `model.incompatible` for a pooling that Docket does not know
 */
export async function findEmbeddingSettings(source: SourceFolder, facts: EncoderFacts): Promise<EmbeddingSettings> {
  const { variant, config, overrides } = facts;
  const family = config.num_hidden_layers === 0 ? MODEL2VEC_FAMILY : recogniseFamily(facts.names);
  const isPooled = !facts.graph.outputs.some((name) => TOKEN_OUTPUTS.includes(name));
  const modules = await readModules(source, isPooled || overrides.pooling !== undefined);
  const prompts = await readPrompts(source);
  const prefixes = { rule: '', passage: '', ...family?.prefixes, ...prompts, ...overrides.prefixes };
  return {
    variant,
    pooling: overrides.pooling ?? (isPooled ? 'none' : (modules?.pooling ?? family?.pooling ?? 'mean')),
    normalize: overrides.normalize ?? modules?.normalize ?? true,
    prefixes,
    maxTokens: overrides.maxTokens ?? (await findTokenWindow(source, config, family?.maxTokens)),
    ...(family ? { family: family.family } : {}),
  };
}

/** What `modules.json` of sentence-transformers says; undefined when there is none. */
async function readModules(
  source: SourceFolder,
  isPoolingKnown: boolean,
): Promise<{ pooling: Pooling | undefined; normalize: boolean } | undefined> {
  const modules = modulesSchema.safeParse(await source.json('modules.json')).data;
  if (!modules) return undefined;
  const typed = (name: string) => modules.find(({ type }) => type.endsWith(`.${name}`));
  const pooling = typed('Pooling');
  if (typed('Dense') && !isPoolingKnown) {
    throw unsupported(source, 'modules.json', 'a dense layer after pooling, which is not part of the graph');
  }
  return {
    pooling: pooling && !isPoolingKnown ? await readPooling(source, `${pooling.path}/config.json`) : undefined,
    normalize: typed('Normalize') !== undefined,
  };
}

async function readPooling(source: SourceFolder, path: string): Promise<Pooling | undefined> {
  const config = z.record(z.string(), z.unknown()).safeParse(await source.json(path)).data;
  if (!config) return undefined;
  const modes = Object.keys(config).filter((key) => key.startsWith('pooling_mode_') && config[key] === true);
  if (typeof config['pooling_mode'] === 'string') modes.push(config['pooling_mode']);
  const [mode, ...more] = modes;
  const pooling = mode === undefined ? undefined : POOLING_MODES[mode];
  if (mode !== undefined && (pooling === undefined || more.length > 0)) {
    throw unsupported(source, path, `pooling by ${modes.join(' and ')}`);
  }
  return pooling;
}

async function readPrompts(source: SourceFolder): Promise<{ rule?: string; passage?: string }> {
  const prompts = promptsSchema.safeParse(await source.json('config_sentence_transformers.json')).data?.prompts ?? {};
  const rule = prompts['query'];
  const passage = prompts['passage'] || prompts['document'];
  return rule || passage ? { rule: rule ?? '', passage: passage ?? '' } : {};
}

function unsupported(source: SourceFolder, path: string, what: string) {
  const file = source.locate(path);
  const message = `${file} asks for ${what}, which Docket does not do; name another pooling with --pooling, or take another model`;
  return modelFault({ fault: 'unsupported_pooling', message, file });
}
